//! The builder's page: steps, the step that is open, and the sheet beside it.

use leptos::{either::Either, prelude::*};
use leptos_router::{components::A, hooks::use_navigate};
use rules::character::Refusal;

use super::{
    content,
    draft::Draft,
    scores::ScoresStep,
    steps::{BackgroundStep, ClassStep, EquipmentStep, FeaturesStep, RaceStep, SkillsStep, SpellsStep},
    workbench::Workbench,
};
use crate::{
    characters::{create_character::create_character, sheet_view::SheetView},
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        notice::{FailureNotice, Notice},
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) BuilderRoute => BuilderPage, in builder);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Race,
    Class,
    Scores,
    Background,
    Skills,
    Features,
    Equipment,
    Spells,
}

impl Step {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Race, "Race"),
        (Self::Class, "Class"),
        (Self::Scores, "Abilities"),
        (Self::Background, "Background"),
        (Self::Skills, "Skills"),
        (Self::Features, "Features"),
        (Self::Equipment, "Equipment"),
        (Self::Spells, "Spells"),
    ];

    /// The step at which a refusal can be mended.
    const fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Subrace { .. } => Self::Race,
            Refusal::Scores(_) | Refusal::RolledScore(_) | Refusal::FreeBonuses { .. } => Self::Scores,
            Refusal::Skill(_) | Refusal::SkillCount { .. } => Self::Skills,
            Refusal::NotOffered { .. } | Refusal::TooManyPicks { .. } => Self::Features,
            Refusal::Spell { .. } | Refusal::SpellCount { .. } => Self::Spells,
            Refusal::StartingEquipment(_) => Self::Equipment,
            _ => Self::Class,
        }
    }
}

/// How many choices a step still has open.
fn open(bench: Workbench, step: Step) -> u32 {
    bench.sheet.with(|sheet| {
        let background = &sheet.background.id;
        let picks = |of_background: bool| {
            let picks = sheet.open.picks.iter().filter(|pick| (pick.of.id == *background) == of_background);
            picks.map(|pick| u32::from(pick.count).saturating_sub(pick.chosen.len() as u32)).sum()
        };
        match step {
            Step::Skills => sheet.open.skills.into(),
            Step::Background => picks(true),
            Step::Features => picks(false),
            Step::Spells => {
                let open = sheet.open.spells.iter();
                open.map(|open| u32::from(open.cantrips) + u32::from(open.known.max(open.prepared))).sum()
            }
            Step::Race | Step::Class | Step::Scores | Step::Equipment => 0,
        }
    })
}

#[component]
fn BuilderPage() -> impl IntoView {
    // The content comes to the browser alone, so the server draws what the browser draws first.
    let bench = RwSignal::new(None::<Result<Workbench, String>>);
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let ready = content::library().await.and_then(|library| {
                let draft = Draft::first(library).ok_or("The rules have no content.".to_owned())?;
                Ok((library, draft))
            });
            // The page may be closed when the content comes.
            let _ = bench.try_update(|bench| {
                *bench = Some(ready.map(|(library, draft)| Workbench::new(library, draft)));
            });
        });
    });
    view! {
        <A href="/characters" attr:class="text-sm font-medium text-accent-strong hover:underline">
            "Characters"
        </A>
        <PageHeader
            title="New character"
            text="Choose what matters to you. The sheet beside shows what follows, and from where."
        />
        {move || match bench.get() {
            None => view! { <Skeleton class="h-[36rem]" /> }.into_any(),
            Some(Ok(bench)) => view! { <Builder bench /> }.into_any(),
            Some(Err(why)) => {
                view! {
                    <Notice tone=Tone::Bad title="The rules could not be fetched">
                        <p>{why}</p>
                    </Notice>
                }
                    .into_any()
            }
        }}
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}

#[component]
fn Builder(bench: Workbench) -> impl IntoView {
    let step = RwSignal::new(Step::Race);
    let fill = move |_| {
        bench.change(|draft, library| {
            draft.fill_in(library, |sides| (js_sys::Math::random() * f64::from(sides)) as u32 + 1);
        });
    };
    let link = move |(key, label): (Step, &'static str)| {
        let mark = move || match open(bench, key) {
            0 => String::new(),
            count => format!("{count} open"),
        };
        view! {
            <li class="shrink-0">
                <button
                    type="button"
                    aria-current=move || (step.get() == key).then_some("step")
                    class="flex w-full items-center justify-between gap-3 rounded-control px-3 py-2 text-left font-medium whitespace-nowrap \
                           text-ink-muted -outline-offset-2 hover:bg-hover hover:text-ink aria-[current=step]:bg-accent-soft \
                           aria-[current=step]:text-accent-strong"
                    on:click=move |_| step.set(key)
                >
                    {label} <span class="text-xs text-warn">{mark}</span>
                </button>
            </li>
        }
    };
    let panel = move || match step.get() {
        Step::Race => view! { <RaceStep bench /> }.into_any(),
        Step::Class => view! { <ClassStep bench /> }.into_any(),
        Step::Scores => view! { <ScoresStep bench /> }.into_any(),
        Step::Background => view! { <BackgroundStep bench /> }.into_any(),
        Step::Skills => view! { <SkillsStep bench /> }.into_any(),
        Step::Features => view! { <FeaturesStep bench /> }.into_any(),
        Step::Equipment => view! { <EquipmentStep bench /> }.into_any(),
        Step::Spells => view! { <SpellsStep bench /> }.into_any(),
    };
    let title = move || Step::ALL.iter().find(|(key, _)| *key == step.get()).map_or("", |(_, label)| *label);
    let sheet = Signal::derive(move || bench.sheet.get());
    view! {
        <div class="grid items-start gap-4 xl:grid-cols-[11rem_minmax(0,1fr)_26rem]">
            <nav aria-label="Steps" class="min-w-0 overflow-x-auto">
                <ol class="flex gap-1 xl:flex-col">{Step::ALL.into_iter().map(link).collect_view()}</ol>
            </nav>
            <div class="min-w-0 space-y-4">
                <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label=title>
                    {panel}
                </section>
                <Refusals bench step />
                <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Finish">
                    <Finish bench />
                    <p class="mt-4 border-t border-line pt-3 text-sm text-ink-muted">
                        "In a hurry? Race and class stay, everything else is decided by dice."
                    </p>
                    <div class="mt-2">
                        <Button on_click=fill>"Fill in the rest"</Button>
                    </div>
                </section>
            </div>
            <section aria-label="Sheet" class="min-w-0">
                <SheetView sheet />
            </section>
        </div>
    }
}

/// What the rules refuse, each with a way to the step where it can be mended.
#[component]
fn Refusals(bench: Workbench, step: RwSignal<Step>) -> impl IntoView {
    let refusals = Memo::new(move |_| {
        bench.outcome.with(|outcome| {
            let told = outcome.refusals.iter().map(|refusal| (Step::of(refusal), refusal.to_string()));
            told.collect::<Vec<_>>()
        })
    });
    let line = move |(place, text): (Step, String)| {
        view! {
            <li>
                {text} " "
                <button type="button" class="font-medium underline" on:click=move |_| step.set(place)>
                    "Go there"
                </button>
            </li>
        }
    };
    move || {
        let refusals = refusals.get();
        (!refusals.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warn title="The rules don’t allow this yet">
                    <ul class="list-disc pl-4">{refusals.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}

/// A name, and the character is made.
#[component]
fn Finish(bench: Workbench) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let navigate = StoredValue::new_local(use_navigate());
    let is_refused = Signal::derive(move || bench.outcome.with(|outcome| !outcome.refusals.is_empty()));
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let request =
            bench.draft.with_untracked(|draft| name.with_untracked(|name| draft.request(name.trim())));
        let Some(request) = request else { return };
        busy.set(true);
        leptos::task::spawn_local(async move {
            match create_character(request).await {
                Ok(made) => {
                    // The page may be closed when the answer comes.
                    let _ = navigate.try_with_value(|navigate| {
                        navigate(
                            &format!("/characters/{}", made.id),
                            leptos_router::NavigateOptions::default(),
                        );
                    });
                }
                Err(reason) => {
                    let _ = failure.try_set(Some(reason));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="space-y-3" on:submit=create>
            <label class="block text-sm font-medium">
                "Name"
                <input
                    type="text"
                    required
                    minlength="2"
                    maxlength="24"
                    autocomplete="off"
                    class="mt-1 h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </label>
            <Button kind=ButtonKind::Primary submits=true busy disabled=is_refused>
                "Create the character"
            </Button>
            {move || match failure.get() {
                Some(failure) => Either::Left(view! { <FailureNotice failure /> }),
                None => Either::Right(()),
            }}
        </form>
    }
}
