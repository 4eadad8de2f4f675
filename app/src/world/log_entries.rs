//! Entries of the combat log, as lines to read.

use api::combat_log::{CombatEntry, CombatKind, CombatParty, RollView};
use leptos::prelude::*;

use super::atlas::{Atlas, Chosen};
use crate::components::time::Ago;

/// One entry: who, what, whom, and how the roll came about.
#[component]
pub(crate) fn LogEntry(atlas: Atlas, entry: CombatEntry) -> impl IntoView {
    let CombatEntry { at, tick, who, other, text, roll, damage, kind, .. } = entry;
    let link = if kind == CombatKind::Attack { ": " } else { " by " };
    let dealt = damage
        .filter(|damage| damage.dealt != damage.lost)
        .map(|damage| format!("{} {} dealt, {} lost", damage.dealt, damage.damage_type, damage.lost));
    view! {
        <li class="flex flex-col gap-0.5 px-4 py-2 text-sm" title=format!("Tick {tick}")>
            <p class="break-words">
                <PartyLink atlas party=who />
                " "
                {text}
                {other.map(|party| view! { {link} <PartyLink atlas party /> })}
            </p>
            {roll.map(|roll| view! { <p class="figure text-ink-muted" data-testid="roll">{told(&roll)}</p> })}
            {dealt.map(|dealt| view! { <p class="figure text-ink-muted">{dealt}</p> })}
            <p class="text-xs text-ink-muted">
                <Ago at />
            </p>
        </li>
    }
}

/// Somebody by name; choosing them shows them on the map.
#[component]
pub(crate) fn PartyLink(atlas: Atlas, party: CombatParty) -> impl IntoView {
    view! {
        <button
            type="button"
            class="font-medium text-accent underline underline-offset-4"
            on:click=move |_| atlas.chosen.set(Some(Chosen::Entity(party.id)))
        >
            {party.name}
        </button>
    }
}

/// A roll with its parts: `d20 14 + 5 = 19 against 15: hit`.
fn told(roll: &RollView) -> String {
    let sign = if roll.bonus < 0 { '−' } else { '+' };
    let mode = roll.mode.as_ref().map(|mode| format!(" with {mode}")).unwrap_or_default();
    let by: Vec<_> = roll.added.iter().map(|part| format!("{:+} {}", part.amount, part.source)).collect();
    let by = if by.is_empty() { String::new() } else { format!(" ({} of it)", by.join(", ")) };
    format!(
        "d20 {}{mode} {sign} {}{by} = {} against {}: {}",
        roll.die,
        roll.bonus.abs(),
        roll.total,
        roll.against,
        roll.outcome
    )
}

#[cfg(test)]
mod tests {
    use api::character::FigurePart;

    use super::*;

    #[test]
    fn a_roll_is_told_with_its_parts() {
        let roll = RollView {
            die: 14,
            mode: Some("advantage".to_owned()),
            bonus: -1,
            added: vec![FigurePart { source: "Bless".to_owned(), amount: 3 }],
            total: 13,
            against: 15,
            outcome: "miss".to_owned(),
        };
        assert_eq!(told(&roll), "d20 14 with advantage − 1 (+3 Bless of it) = 13 against 15: miss");
    }
}
