//! Spells that a character knows and prepares.

use std::collections::BTreeSet;

use api::character::{CastingView, Named, SpellView, SpellsRequest};
use leptos::prelude::*;

use super::{change_spells::change_spells, deeds::Deeds, pick_one::PickOne};
use crate::components::button::Button;

/// Learning and preparing, class by class. Nothing for who casts none.
#[component]
pub(super) fn Spellbook(deeds: Deeds) -> impl IntoView {
    let casting = Memo::new(move |_| deeds.record.with(|record| record.sheet.casting.clone()));
    view! {
        {move || casting.get().into_iter().map(|casting| view! { <ClassSpells deeds casting /> }).collect_view()}
    }
}

fn told(count: usize, max: Option<u8>, what: &str) -> Option<String> {
    max.map(|max| format!("{count} of {max} {what}"))
}

fn named(spell: &SpellView) -> Named {
    let level = if spell.level == 0 { "cantrip".to_owned() } else { format!("level {}", spell.level) };
    Named { id: spell.id.clone(), name: format!("{}, {level}", spell.name) }
}

/// What may be learned now: while there is room, and what the class learns at all.
fn learnable(casting: &CastingView) -> Vec<Named> {
    let cantrips = casting.spells.iter().filter(|spell| spell.level == 0).count();
    let known = casting.spells.len() - cantrips;
    let room_for_cantrips = cantrips < usize::from(casting.cantrips_max);
    let room_for_spells = casting.known_max.is_some_and(|max| known < usize::from(max));
    let fits = |spell: &&SpellView| if spell.level == 0 { room_for_cantrips } else { room_for_spells };
    casting.on_offer.iter().filter(fits).map(named).collect()
}

/// What may be prepared: what is in the book, or the whole list.
fn preparable(casting: &CastingView) -> Vec<SpellView> {
    let known = casting.spells.iter().filter(|spell| spell.level > 0).cloned();
    let mut spells: Vec<SpellView> = if casting.keeps_book {
        known.collect()
    } else {
        known.chain(casting.on_offer.iter().filter(|spell| spell.level > 0).cloned()).collect()
    };
    spells.sort_by(|a, b| (a.level, &a.name).cmp(&(b.level, &b.name)));
    spells
}

#[component]
fn ClassSpells(deeds: Deeds, casting: CastingView) -> impl IntoView {
    let cantrips = casting.spells.iter().filter(|spell| spell.level == 0).count();
    let known = casting.spells.len() - cantrips;
    let counts: Vec<String> = [
        told(cantrips, Some(casting.cantrips_max).filter(|max| *max > 0), "cantrips"),
        told(known, casting.known_max, "spells known"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let title = format!("{} spells", casting.class.name);
    let learn = learnable(&casting);
    let class = casting.class.id.clone();
    let id = format!("learn-{}", class.replace(':', "-"));
    let learned = Callback::new(move |spell: String| {
        let request = SpellsRequest { class: class.clone(), learn: vec![spell], prepare: None };
        deeds.carry_out(|_| "Learned".to_owned(), change_spells(deeds.character(), request, deeds.reason()));
    });
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label=title.clone()>
            <h2 class="text-sm font-semibold">{title.clone()}</h2>
            <p class="mt-1 text-sm text-ink-muted">{counts.join(", ")}</p>
            <div class="mt-3 space-y-4">
                {(!learn.is_empty())
                    .then(|| {
                        view! { <PickOne id label="Learn" options=learn verb="Learn" busy=deeds.busy picked=learned /> }
                    })}
                {casting.prepared_max.map(|max| view! { <Prepare deeds casting=casting.clone() max /> })}
            </div>
        </section>
    }
}

#[component]
fn Prepare(deeds: Deeds, casting: CastingView, max: u8) -> impl IntoView {
    let spells = preparable(&casting);
    let ready: BTreeSet<String> =
        spells.iter().filter(|spell| spell.ready).map(|spell| spell.id.clone()).collect();
    let before = StoredValue::new(ready.clone());
    let chosen = RwSignal::new(ready);
    let room = move || chosen.with(BTreeSet::len) < usize::from(max);
    let class = casting.class.id;
    let prepare = move |_| {
        let request = SpellsRequest {
            class: class.clone(),
            learn: Vec::new(),
            prepare: Some(chosen.get_untracked().into_iter().collect()),
        };
        deeds.carry_out(|_| "Prepared".to_owned(), change_spells(deeds.character(), request, deeds.reason()));
    };
    let row = move |spell: SpellView| {
        let id = StoredValue::new(spell.id);
        let is_chosen = move || chosen.with(|chosen| id.with_value(|id| chosen.contains(id)));
        view! {
            <li>
                <label class="flex items-center gap-2 py-1">
                    <input
                        type="checkbox"
                        class="size-4 accent-accent"
                        prop:checked=is_chosen
                        disabled=move || !is_chosen() && !room()
                        on:change=move |event| {
                            let id = id.get_value();
                            chosen
                                .update(|chosen| {
                                    if event_target_checked(&event) {
                                        chosen.insert(id);
                                    } else {
                                        chosen.remove(&id);
                                    }
                                });
                        }
                    />
                    <span class="min-w-0 flex-1">{spell.name}</span>
                    <span class="text-xs text-ink-muted">{format!("level {}", spell.level)}</span>
                </label>
            </li>
        }
    };
    let changed = move || chosen.with(|chosen| before.with_value(|before| chosen != before));
    view! {
        <fieldset>
            <legend class="mb-1 text-sm font-medium">
                {move || format!("Prepared: {} of {max}", chosen.with(BTreeSet::len))}
            </legend>
            <ul class="max-h-64 overflow-y-auto rounded-control border border-line px-2.5 py-1" tabindex="0" aria-label="Spells to prepare">
                {spells.into_iter().map(row).collect_view()}
            </ul>
            <div class="mt-2">
                <Button busy=deeds.busy disabled=Signal::derive(move || !changed()) on_click=prepare>
                    "Prepare these"
                </Button>
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use api::character::Figure;
    use rules::Ability;

    use super::*;

    fn spell(name: &str, level: u8, ready: bool) -> SpellView {
        SpellView { id: format!("srd:{name}"), name: name.to_owned(), level, ready }
    }

    fn wizard() -> CastingView {
        CastingView {
            class: Named { id: "srd:wizard".to_owned(), name: "Wizard".to_owned() },
            ability: Ability::Intelligence,
            save_dc: Figure::default(),
            attack: Figure::default(),
            cantrips_max: 1,
            known_max: Some(2),
            prepared_max: Some(1),
            keeps_book: true,
            level_max: 1,
            spells: vec![spell("light", 0, true), spell("shield", 1, true)],
            on_offer: vec![spell("fire-bolt", 0, false), spell("sleep", 1, false)],
        }
    }

    #[test]
    fn only_what_there_is_room_for_can_be_learned() {
        let ids = |names: Vec<Named>| names.into_iter().map(|named| named.id).collect::<Vec<_>>();
        assert_eq!(ids(learnable(&wizard())), ["srd:sleep"], "one cantrip is all there is room for");
        let cleric = CastingView { known_max: None, cantrips_max: 2, ..wizard() };
        assert_eq!(
            ids(learnable(&cleric)),
            ["srd:fire-bolt"],
            "who prepares of a list learns cantrips alone"
        );
    }

    #[test]
    fn a_book_is_prepared_from_and_a_list_as_a_whole() {
        assert_eq!(preparable(&wizard()).len(), 1);
        assert_eq!(preparable(&CastingView { keeps_book: false, ..wizard() }).len(), 2);
    }
}
