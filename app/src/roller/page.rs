//! The roller's page. The roll stands in the address, so that a link can be a roll.

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::query_signal;
use rules::{Expression, Throw};

use super::{
    chart::Chart,
    parts::{Part, parts, written},
    thrown::{Thrown, throw},
};
use crate::{
    components::{
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        page_header::PageHeader,
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) RollerRoute => RollerPage, in rules);

/// What one begins with.
const FIRST_ROLL: &str = "1d20 + 5 [Strength] + 2 [Proficiency]";
/// Most characters of an expression.
const LENGTH_MAX: u32 = 500;
/// Most parts that the form shows.
const PARTS_MAX: usize = 20;

/// The roll on one side, its chances and what came up on the other.
#[component]
fn RollerPage() -> impl IntoView {
    let (roll, set_roll) = query_signal::<String>("roll");
    let (against, set_against) = query_signal::<i64>("against");
    let text = Memo::new(move |_| roll.get().unwrap_or_else(|| FIRST_ROLL.to_owned()));
    let expression = Memo::new(move |_| text.get().parse::<Expression>().map_err(|error| error.to_string()));
    let thrown = RwSignal::new(None::<(Expression, Throw)>);
    // What was thrown belongs to the roll that it was thrown for.
    Effect::new(move |before: Option<String>| {
        let now = text.get();
        if before.is_some_and(|before| before != now) {
            thrown.set(None);
        }
        now
    });
    let cast = move |_| {
        if let Ok(expression) = expression.get_untracked() {
            thrown.set(throw(&expression).map(|result| (expression, result)));
        }
    };
    let set = Callback::new(move |text: String| set_roll.set(Some(text).filter(|text| !text.is_empty())));
    view! {
        <PageHeader
            title="Roller"
            text="Dice with a source for every modifier, and the exact chances. The address keeps the roll: send it to somebody."
        />
        <div class="grid items-start gap-4 lg:grid-cols-[24rem_1fr]">
            <section class="space-y-4 rounded-card border border-line bg-surface p-4 shadow-low" aria-label="The roll">
                <Written text set expression />
                <Parts text set />
                <div class="flex flex-wrap items-end gap-3 border-t border-line pt-4">
                    <label class="flex flex-col gap-1.5 text-sm font-medium">
                        "To reach"
                        <input
                            type="number"
                            min="-999"
                            max="9999"
                            class="figure h-9 w-24 rounded-control border border-control-line bg-raised px-3 text-base font-normal text-ink"
                            prop:value=move || against.get().map(|number| number.to_string()).unwrap_or_default()
                            on:change=move |event| set_against.set(event_target_value(&event).parse().ok())
                        />
                    </label>
                    <Button kind=ButtonKind::Primary disabled=Signal::derive(move || expression.get().is_err()) on_click=cast>
                        <Icon glyph=Glyph::Play class="size-4" />
                        "Roll"
                    </Button>
                </div>
            </section>
            <div class="min-w-0 space-y-4">
                <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="What came up" aria-live="polite">
                    {move || match thrown.get() {
                        Some((expression, throw)) => {
                            Either::Left(view! { <Thrown expression throw against=against.get() /> })
                        }
                        None => Either::Right(view! { <p class="text-ink-muted">"Nothing is rolled yet."</p> }),
                    }}
                </section>
                <Chances expression against thrown />
            </div>
        </div>
    }
}

/// The roll as text.
#[component]
fn Written(
    text: Memo<String>,
    set: Callback<String>,
    expression: Memo<Result<Expression, String>>,
) -> impl IntoView {
    let error = move || expression.with(|expression| expression.as_ref().err().cloned());
    view! {
        <div class="flex flex-col gap-1.5">
            <label for="roll" class="text-sm font-medium">
                "Roll"
            </label>
            <input
                id="roll"
                maxlength=LENGTH_MAX.to_string()
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || error().is_some().then_some("true")
                aria-describedby="roll-note"
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 font-mono text-sm text-ink aria-invalid:border-bad"
                prop:value=move || text.get()
                on:change=move |event| set.run(event_target_value(&event).trim().to_owned())
            />
            <p id="roll-note" class="text-sm first-letter:uppercase" class:text-bad=move || error().is_some() class:text-ink-muted=move || error().is_none()>
                {move || error().unwrap_or_else(|| "Such as 2d20kh1 + 5 [Strength]; kh1 keeps the highest, kl1 the lowest.".to_owned())}
            </p>
        </div>
    }
}

/// The parts of the roll, to be changed one by one.
#[component]
fn Parts(text: Memo<String>, set: Callback<String>) -> impl IntoView {
    let rows = Memo::new(move |_| parts(&text.get()));
    let change = move |act: &dyn Fn(&mut Vec<Part>)| {
        let mut all = rows.get_untracked();
        act(&mut all);
        set.run(written(&all));
    };
    let cell =
        "h-9 w-full min-w-0 rounded-control border border-control-line bg-raised px-2 text-base text-ink";
    view! {
        <fieldset>
            <legend class="mb-1.5 text-sm font-medium">"Parts"</legend>
            <ul class="space-y-2">
                {move || {
                    rows.get()
                        .into_iter()
                        .take(PARTS_MAX)
                        .enumerate()
                        .map(|(place, part)| {
                            view! {
                                <li class="grid grid-cols-[6rem_1fr_auto] gap-2">
                                    <input
                                        aria-label=format!("Amount of part {}", place + 1)
                                        class=format!("figure {cell}")
                                        maxlength="40"
                                        prop:value=part.amount
                                        on:change=move |event| {
                                            let amount = event_target_value(&event);
                                            change(&|all: &mut Vec<Part>| if let Some(part) = all.get_mut(place) { part.amount.clone_from(&amount) });
                                        }
                                    />
                                    <input
                                        aria-label=format!("Source of part {}", place + 1)
                                        placeholder="Source"
                                        class=cell
                                        maxlength="40"
                                        prop:value=part.source
                                        on:change=move |event| {
                                            let source = event_target_value(&event);
                                            change(&|all: &mut Vec<Part>| if let Some(part) = all.get_mut(place) { part.source.clone_from(&source) });
                                        }
                                    />
                                    <Button
                                        kind=ButtonKind::Quiet
                                        icon_only=true
                                        attr:aria-label=format!("Take part {} out", place + 1)
                                        on_click=move |_| change(&|all: &mut Vec<Part>| { all.remove(place); })
                                    >
                                        <Icon glyph=Glyph::Close class="size-4" />
                                    </Button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <div class="mt-3 flex flex-wrap gap-2">
                {[("Modifier", "1", "Modifier"), ("Die", "1d4", "Bless"), ("Penalty", "-2", "Penalty")]
                    .into_iter()
                    .map(|(name, amount, source)| {
                        view! {
                            <Button on_click=move |_| {
                                change(&|all: &mut Vec<Part>| all.push(Part { amount: amount.to_owned(), source: source.to_owned() }));
                            }>
                                <Icon glyph=Glyph::Plus class="size-4" />
                                {name}
                            </Button>
                        }
                    })
                    .collect_view()}
                <Button on_click=move |_| change(&|all: &mut Vec<Part>| swap_mode(all, "2d20kh1"))>"Advantage"</Button>
                <Button on_click=move |_| change(&|all: &mut Vec<Part>| swap_mode(all, "2d20kl1"))>"Disadvantage"</Button>
            </div>
        </fieldset>
    }
}

/// Throws the d20 with advantage or disadvantage; the same again takes it back.
fn swap_mode(parts: &mut [Part], wanted: &str) {
    const D20S: [&str; 3] = ["1d20", "2d20kh1", "2d20kl1"];
    if let Some(part) = parts.iter_mut().find(|part| D20S.contains(&part.amount.as_str())) {
        part.amount = if part.amount == wanted { D20S[0].to_owned() } else { wanted.to_owned() };
    }
}

/// The exact chances.
#[component]
fn Chances(
    expression: Memo<Result<Expression, String>>,
    against: Memo<Option<i64>>,
    thrown: RwSignal<Option<(Expression, Throw)>>,
) -> impl IntoView {
    let picture = move || {
        let odds = expression.get().ok()?.odds();
        Some(match odds {
            Ok(odds) => {
                let chance = against
                    .get()
                    .map(|number| format!("{number} or more: {:.2} %", odds.at_least(number) * 100.0));
                let spread =
                    format!("mean {:.2}, standard deviation {:.2}", odds.mean(), odds.variance().sqrt());
                let total = thrown.get().map(|(_, throw)| throw.total);
                Either::Left(view! {
                    <Chart odds against=against.get() thrown=total />
                    <p class="mt-3 flex flex-wrap gap-x-6 gap-y-1">
                        {chance.map(|chance| view! { <span class="font-medium" data-testid="chance">{chance}</span> })}
                        <span class="text-ink-muted">{spread}</span>
                    </p>
                })
            }
            Err(error) => {
                let reason = error.to_string();
                Either::Right(view! { <p class="text-ink-muted">{reason}</p> })
            }
        })
    };
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-labelledby="chances-title">
            <h2 id="chances-title" class="mb-3 font-semibold">
                "Chances"
            </h2>
            {picture}
        </section>
    }
}
