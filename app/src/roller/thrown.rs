//! What the dice say: each part with its dice, and where it comes from.

use leptos::prelude::*;
use rules::{Expression, Fate, Throw, ThrownTerm};

/// Throws an expression with the browser's dice.
pub(super) fn throw(expression: &Expression) -> Option<Throw> {
    expression.throw(|sides| (js_sys::Math::random() * f64::from(sides)) as u32 % sides + 1).ok()
}

/// The total, and the way to it.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn Thrown(expression: Expression, throw: Throw, against: Option<i64>) -> impl IntoView {
    let mut terms = throw.terms.iter();
    let rows = expression
        .summands()
        .into_iter()
        .map(|part| {
            let dice: Vec<ThrownTerm> = terms.by_ref().take(part.lots).cloned().collect();
            let sign = if part.negative { "−" } else { "+" };
            view! {
                <tr>
                    <td class="py-1.5 pr-3 text-ink-muted">{part.label.unwrap_or_else(|| "Dice".to_owned())}</td>
                    <td class="figure py-1.5 pr-3 whitespace-nowrap">{sign} " " {part.text}</td>
                    <td class="py-1.5">
                        <span class="flex flex-wrap gap-1">{dice.into_iter().map(faces).collect_view()}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let total = throw.total;
    let outcome = against.map(|against| if total >= against { "reaches it" } else { "falls short" });
    view! {
        <p class="flex items-baseline gap-3">
            <span class="figure font-display text-4xl font-semibold" data-testid="total">
                {total}
            </span>
            {outcome.map(|outcome| view! { <span class="text-ink-muted">{outcome}</span> })}
        </p>
        <table class="mt-3 w-full border-collapse text-left text-base">
            <caption class="sr-only">"Where the total comes from"</caption>
            <thead>
                <tr class="border-b border-line text-xs text-ink-muted">
                    <th scope="col" class="pb-1 pr-3 font-medium">
                        "Source"
                    </th>
                    <th scope="col" class="pb-1 pr-3 font-medium">
                        "Adds"
                    </th>
                    <th scope="col" class="pb-1 font-medium">
                        "Shows"
                    </th>
                </tr>
            </thead>
            <tbody class="divide-y divide-line">{rows}</tbody>
        </table>
    }
}

/// The dice of a lot; those that don't count are struck through.
fn faces(term: ThrownTerm) -> impl IntoView {
    term.dice
        .into_iter()
        .map(|die| {
            let counts = die.fate == Fate::Kept && term.kept;
            let class = if counts {
                "bg-accent-soft text-accent-strong"
            } else {
                "bg-sunken text-ink-muted line-through"
            };
            view! {
                <span class=format!("figure inline-flex h-7 min-w-7 items-center justify-center rounded-control px-1.5 text-sm font-medium {class}")>
                    {die.face}
                </span>
            }
        })
        .collect_view()
}
