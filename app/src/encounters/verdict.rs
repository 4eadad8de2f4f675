//! What comes of a meeting: how perilous it is, what it is worth, and what it takes of the day.

use api::encounter::{Encounter, EncounterBudget, Peril};
use leptos::prelude::*;

use crate::{
    components::badge::{Badge, Tone},
    format::count,
};

const fn peril(peril: Peril) -> (&'static str, Tone, &'static str) {
    match peril {
        Peril::Trivial => ("Trivial", Tone::Neutral, "Not worth drawing a sword for."),
        Peril::Easy => ("Easy", Tone::Good, "It costs hardly anything."),
        Peril::Medium => ("Medium", Tone::Info, "A few wounds, and something of the day."),
        Peril::Hard => ("Hard", Tone::Warn, "Somebody may fall."),
        Peril::Deadly => ("Deadly", Tone::Bad, "Somebody may die."),
    }
}

const fn budget(budget: EncounterBudget) -> &'static str {
    match budget {
        EncounterBudget::Low => "low",
        EncounterBudget::Moderate => "moderate",
        EncounterBudget::High => "high",
        EncounterBudget::Beyond => "beyond high",
    }
}

/// The verdict with its figures.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn Verdict(encounter: Encounter) -> impl IntoView {
    let (name, tone, text) = peril(encounter.peril);
    let day = encounter.daily_budget.max(1);
    let share = f64::from(encounter.adjusted_experience) / f64::from(day) * 100.0;
    let figures = [
        ("Experience", count(u64::from(encounter.experience))),
        ("Each character", count(u64::from(encounter.award_each))),
        ("Multiplier", format!("× {}", encounter.multiplier)),
        ("Adjusted experience", count(u64::from(encounter.adjusted_experience))),
    ];
    let day_each: Vec<(u8, u32)> = encounter.party.iter().map(|lot| (lot.level, lot.daily_budget)).collect();
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-labelledby="verdict-title">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <h2 id="verdict-title" class="font-display text-xl font-semibold" data-testid="peril">
                    {name}
                </h2>
                <Badge tone>{text}</Badge>
            </div>
            <Scale thresholds=encounter.thresholds adjusted=encounter.adjusted_experience />
            <dl class="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
                {figures
                    .into_iter()
                    .map(|(name, value)| {
                        view! {
                            <div>
                                <dt class="text-xs font-medium text-ink-muted">{name}</dt>
                                <dd class="figure text-lg font-semibold" data-testid=name>
                                    {value}
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <h3 class="mt-5 font-semibold">"The day"</h3>
            <p class="text-ink-muted">
                {format!(
                    "The party gets through {} of adjusted experience between two long rests; this fight takes {share:.0} % of it.",
                    count(u64::from(encounter.daily_budget)),
                )}
            </p>
            <ul class="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-sm">
                {day_each
                    .into_iter()
                    .map(|(level, budget)| {
                        view! {
                            <li>
                                {format!("Level {level}: ")}
                                <span class="figure font-medium">{count(u64::from(budget))}</span>
                                " each"
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p class="mt-4 border-t border-line pt-3 text-sm text-ink-muted">
                {format!(
                    "By the later reckoning, which counts no crowds: {} ({} low, {} moderate, {} high).",
                    budget(encounter.budget),
                    count(u64::from(encounter.budgets[0])),
                    count(u64::from(encounter.budgets[1])),
                    count(u64::from(encounter.budgets[2])),
                )}
            </p>
        </section>
    }
}

/// Width of the scale's picture.
const WIDTH: f64 = 600.0;

/// Where the fight stands between the thresholds.
#[component]
fn Scale(thresholds: [u32; 4], adjusted: u32) -> impl IntoView {
    const NAMES: [&str; 4] = ["Easy", "Medium", "Hard", "Deadly"];
    const GROUNDS: [&str; 5] = ["text-line-strong", "text-good", "text-info", "text-warn", "text-bad"];
    let end = (f64::from(thresholds[3]) * 1.35).max(f64::from(adjusted) * 1.05).max(1.0);
    let at = move |experience: u32| f64::from(experience) / end * WIDTH;
    let edges = [0, thresholds[0], thresholds[1], thresholds[2], thresholds[3]];
    let bands = (0..5).map(|band| {
        let from = at(edges[band]);
        let to = edges.get(band + 1).map_or(WIDTH, |edge| at(*edge));
        view! {
            <rect class=GROUNDS[band] x=from y="14" width=(to - from - 2.0).max(0.0) height="8" rx="2" fill="currentColor" />
        }
    });
    let here = at(adjusted).clamp(2.0, WIDTH - 2.0);
    let told = format!(
        "Adjusted experience {adjusted}; easy from {}, medium from {}, hard from {}, deadly from {}",
        thresholds[0], thresholds[1], thresholds[2], thresholds[3],
    );
    view! {
        <svg class="mt-4 block w-full" viewBox=format!("0 0 {WIDTH} 26") role="img" aria-label=told>
            {bands.collect_view()}
            <path class="text-ink" d=format!("M{here} 12 l-5 -8 h10 z") fill="currentColor" />
        </svg>
        <dl class="mt-1 grid grid-cols-4 gap-x-4 text-sm">
            {NAMES
                .into_iter()
                .zip(thresholds)
                .map(|(name, from)| {
                    view! {
                        <div class="flex flex-wrap gap-x-1.5">
                            <dt class="text-ink-muted">{name}</dt>
                            <dd class="figure font-medium">{count(u64::from(from))}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}
