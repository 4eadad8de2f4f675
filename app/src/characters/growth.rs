//! Experience, levels, and the choices that they bring.

use api::{
    Permission,
    character::{
        CharacterRecord, ChooseRequest, GainExperienceRequest, HitPointsGained, ImprovementChoice,
        LevelUpOption, LevelUpRequest, Named, PickChoice,
    },
};
use leptos::prelude::*;
use rules::{Ability, vocabulary::Skill};

use super::{
    award_experience::award_experience,
    choose::choose,
    deeds::Deeds,
    pick_one::{PickOne, SELECT},
    take_level::take_level,
};
use crate::{
    components::button::{Button, ButtonKind},
    session::viewer::use_viewer,
};

/// What is open, and what it takes to the next level.
#[component]
pub(super) fn Growth(deeds: Deeds) -> impl IntoView {
    let may_award = use_viewer().may(Permission::EditEntities);
    let experience = move || {
        deeds.record.with(|record| match record.sheet.next_level_at {
            Some(next) => format!("{} of {next} experience for the next level", record.sheet.experience),
            None => format!("{} experience, and no further level", record.sheet.experience),
        })
    };
    // Only what is shown below: a form must keep what was entered when something else changes.
    let options = Memo::new(move |_| deeds.record.with(|record| record.sheet.open.level_ups.clone()));
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Growth">
            <h2 class="text-sm font-semibold">"Growth"</h2>
            <p class="mt-1 mb-3 text-sm text-ink-muted">{experience}</p>
            <div class="space-y-4">
                {move || {
                    let options = options.get();
                    (!options.is_empty()).then(|| view! { <TakeLevel deeds options /> })
                }}
                <OpenChoices deeds />
                {may_award.then(|| view! { <Award deeds /> })}
            </div>
        </section>
    }
}

#[component]
fn TakeLevel(deeds: Deeds, options: Vec<LevelUpOption>) -> impl IntoView {
    let options = StoredValue::new(options);
    let (place, subclass, rolls) = (RwSignal::new(0_u32), RwSignal::new(String::new()), RwSignal::new(false));
    let option = move || options.with_value(|options| options.get(place.get() as usize).cloned());
    let subclasses = move || option().map(|option| option.subclasses).unwrap_or_default();
    let take = move |_| {
        let Some(option) = untrack(option) else { return };
        let chosen = subclass.get_untracked();
        let chosen = option.subclasses.iter().find(|one| one.id == chosen).or(option.subclasses.first());
        let request = LevelUpRequest {
            class: option.class.id.clone(),
            subclass: chosen.map(|one| one.id.clone()),
            hit_points: if rolls.get_untracked() {
                HitPointsGained::Rolled
            } else {
                HitPointsGained::Average
            },
        };
        deeds.carry_out(
            |record| format!("Level {} reached", record.sheet.level),
            take_level(deeds.character(), request, deeds.reason()),
        );
    };
    view! {
        <form class="space-y-2 rounded-control bg-accent-soft p-3" on:submit=|event| event.prevent_default()>
            <p class="font-medium text-accent-strong">"There is experience for another level"</p>
            <label class="block text-sm font-medium">
                "Class"
                <select
                    class=format!("mt-1 {SELECT}")
                    on:change=move |event| place.set(event_target_value(&event).parse().unwrap_or_default())
                >
                    {options
                        .with_value(|options| {
                            options
                                .iter()
                                .enumerate()
                                .map(|(place, option)| {
                                    let text = format!("{} {}", option.class.name, option.level);
                                    view! { <option value=place.to_string()>{text}</option> }
                                })
                                .collect_view()
                        })}
                </select>
            </label>
            <Show when=move || !subclasses().is_empty()>
                <label class="block text-sm font-medium">
                    "Subclass"
                    <select class=format!("mt-1 {SELECT}") on:change=move |event| subclass.set(event_target_value(&event))>
                        {move || {
                            subclasses()
                                .into_iter()
                                .map(|one| view! { <option value=one.id>{one.name}</option> })
                                .collect_view()
                        }}
                    </select>
                </label>
            </Show>
            <label class="flex items-center gap-2 text-sm">
                <input
                    type="checkbox"
                    class="size-4 accent-accent"
                    on:change=move |event| rolls.set(event_target_checked(&event))
                />
                "Throw the hit die instead of taking its average"
            </label>
            <Button kind=ButtonKind::Primary busy=deeds.busy on_click=take>
                "Take the level"
            </Button>
        </form>
    }
}

/// Sends one choice.
fn send(deeds: Deeds, request: ChooseRequest) {
    let left = |record: &CharacterRecord| match record.sheet.open.count() {
        0 => "Chosen; nothing is open".to_owned(),
        1 => "Chosen; one choice is open".to_owned(),
        more => format!("Chosen; {more} choices are open"),
    };
    deeds.carry_out(left, choose(deeds.character(), request, deeds.reason()));
}

/// Skills, improvements and picks. Spells have a place of their own.
#[component]
fn OpenChoices(deeds: Deeds) -> impl IntoView {
    let open = Memo::new(move |_| deeds.record.with(|record| record.sheet.open.clone()));
    let skills = move || {
        let open = open.get();
        let picked = Callback::new(move |id: String| {
            let skills = Skill::from_word(&id).into_iter().collect();
            send(deeds, ChooseRequest { skills, ..ChooseRequest::default() });
        });
        (open.skills > 0).then(|| {
            let label = format!("Skills of the class: {} more", open.skills);
            view! { <PickOne id="open-skill" label options=open.skill_options verb="Choose" busy=deeds.busy picked /> }
        })
    };
    let picks = move || {
        let picks = open.get().picks.into_iter().map(|pick| {
            let options: Vec<Named> =
                pick.options.iter().filter(|option| !pick.chosen.contains(option)).cloned().collect();
            let missing = usize::from(pick.count).saturating_sub(pick.chosen.len());
            let what = pick.means.as_deref().unwrap_or("picks");
            let label = format!("{}: {missing} more ({what})", pick.of.name);
            let id = format!("open-pick-{}-{}", pick.of.id.replace(':', "-"), pick.number);
            let picked = Callback::new(move |chosen: String| {
                let choice = PickChoice { of: pick.of.id.clone(), number: pick.number, chosen: vec![chosen] };
                send(deeds, ChooseRequest { picks: vec![choice], ..ChooseRequest::default() });
            });
            view! { <PickOne id label options verb="Choose" busy=deeds.busy picked /> }
        });
        picks.collect_view()
    };
    let improvements = move || {
        let open = open.get();
        (open.improvements > 0)
            .then(|| view! { <Improve deeds count=open.improvements feats=open.feat_options /> })
    };
    view! {
        {improvements}
        {skills}
        {picks}
    }
}

/// Two points for abilities, or a feat.
#[component]
fn Improve(deeds: Deeds, count: u8, feats: Vec<Named>) -> impl IntoView {
    let (one, other) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
    let ability = |place: RwSignal<u32>| Ability::ALL[place.get_untracked() as usize % Ability::ALL.len()];
    let raise = move |_| {
        let raised = ImprovementChoice::Scores { first: ability(one), second: ability(other) };
        send(deeds, ChooseRequest { improvements: vec![raised], ..ChooseRequest::default() });
    };
    let select = |label: &'static str, place: RwSignal<u32>| {
        view! {
            <select
                class=SELECT
                aria-label=label
                on:change=move |event| place.set(event_target_value(&event).parse().unwrap_or_default())
            >
                {Ability::ALL
                    .into_iter()
                    .map(|ability| view! { <option value=(ability as u8).to_string()>{ability.name()}</option> })
                    .collect_view()}
            </select>
        }
    };
    let take = Callback::new(move |feat: String| {
        let feat = ImprovementChoice::Feat(feat);
        send(deeds, ChooseRequest { improvements: vec![feat], ..ChooseRequest::default() });
    });
    view! {
        <div>
            <p class="mb-1 text-sm font-medium">{format!("Ability improvements: {count} open")}</p>
            <div class="flex gap-2">
                {select("First point", one)} {select("Second point", other)}
                <Button busy=deeds.busy on_click=raise>"Raise"</Button>
            </div>
        </div>
        {(!feats.is_empty())
            .then(|| {
                view! {
                    <PickOne
                        id="open-feat"
                        label="Or a feat in its place"
                        options=feats
                        verb="Take"
                        busy=deeds.busy
                        picked=take
                    />
                }
            })}
    }
}

/// Staff award experience, and say why: here, or for somebody else's character where all changes have their reason.
#[component]
fn Award(deeds: Deeds) -> impl IntoView {
    let (points, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let input = "h-9 min-w-0 rounded-control border border-control-line bg-raised px-2.5 text-base text-ink placeholder:text-ink-muted";
    let award = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Ok(points) = points.get_untracked().trim().parse() else { return };
        let reason = deeds.reason().unwrap_or_else(|| reason.get_untracked());
        let request = GainExperienceRequest { points, reason };
        deeds.carry_out(
            |record| format!("Awarded; {} experience now", record.sheet.experience),
            award_experience(deeds.character(), request),
        );
    };
    view! {
        <form class="space-y-2 border-t border-line pt-3" on:submit=award>
            <p class="text-sm font-medium">"Award experience"</p>
            <div class="flex gap-2">
                <input
                    type="number"
                    min="1"
                    max="355000"
                    required
                    aria-label="Experience points"
                    placeholder="Points"
                    class=format!("w-24 {input}")
                    on:input=move |event| points.set(event_target_value(&event))
                />
                {(!deeds.asks_why())
                    .then(|| {
                        view! {
                            <input
                                type="text"
                                minlength="3"
                                maxlength="500"
                                required
                                aria-label="Reason, for the audit"
                                placeholder="Reason, for the audit"
                                class=format!("w-full {input}")
                                on:input=move |event| reason.set(event_target_value(&event))
                            />
                        }
                    })}
                <Button submits=true busy=deeds.busy>
                    "Award"
                </Button>
            </div>
        </form>
    }
}
