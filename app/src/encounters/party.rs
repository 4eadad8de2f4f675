//! The party: levels, and how many characters have each.

use leptos::prelude::*;

use super::lots::Lots;
use crate::components::{
    button::{Button, ButtonKind},
    icon::{Glyph, Icon},
};

/// Highest level of a character.
const LEVEL_MAX: u8 = 20;

/// Editable lots of characters.
#[component]
pub(super) fn Party(party: Memo<Lots>, set: Callback<Lots>) -> impl IntoView {
    let change = move |act: &dyn Fn(&mut Lots)| {
        let mut lots = party.get_untracked();
        act(&mut lots);
        set.run(lots);
    };
    let add = move |_| {
        change(&|lots: &mut Lots| {
            let level = lots.iter().last().and_then(|(level, _)| level.parse().ok()).unwrap_or(0_u8);
            lots.add(&(level + 1).min(LEVEL_MAX).to_string(), 1);
        });
    };
    let lots = move || -> Vec<(String, u32)> {
        party.read().iter().map(|(level, count)| (level.to_owned(), count)).collect()
    };
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-labelledby="party-title">
            <h2 id="party-title" class="mb-3 font-semibold">
                "Party"
            </h2>
            <ul class="space-y-2">
                <For
                    each=lots
                    key=|(level, _)| level.clone()
                    let:lot
                >
                    <Row lot party set />
                </For>
            </ul>
            <div class="mt-3">
                <Button kind=ButtonKind::Secondary on_click=add>
                    <Icon glyph=Glyph::Plus class="size-4" />
                    "Another level"
                </Button>
            </div>
        </section>
    }
}

#[component]
fn Row(lot: (String, u32), party: Memo<Lots>, set: Callback<Lots>) -> impl IntoView {
    let (level, _) = lot;
    let count = {
        let level = level.clone();
        move || party.read().iter().find(|(other, _)| *other == level).map_or(0, |(_, count)| count)
    };
    let own = StoredValue::new(level.clone());
    let change = move |act: &dyn Fn(&mut Lots, &str)| {
        let mut lots = party.get_untracked();
        own.with_value(|level| act(&mut lots, level));
        set.run(lots);
    };
    let id = format!("level-{level}");
    let label = id.clone();
    view! {
        <li class="flex items-center gap-2">
            <label for=label class="text-sm text-ink-muted">
                "Level"
            </label>
            <select
                id=id
                class="h-9 rounded-control border border-control-line bg-raised px-2 text-base text-ink"
                on:change=move |event| {
                    let to = event_target_value(&event);
                    change(&|lots: &mut Lots, from: &str| lots.rename(from, &to));
                }
            >
                {(1..=LEVEL_MAX)
                    .map(|number| {
                        let text = number.to_string();
                        let selected = text == level;
                        view! {
                            <option value=text.clone() selected=selected>
                                {text.clone()}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <span class="ml-auto flex items-center gap-1">
                <Button
                    kind=ButtonKind::Quiet
                    icon_only=true
                    attr:aria-label=format!("One less of level {level}")
                    on_click=move |_| change(&|lots: &mut Lots, level: &str| lots.take(level))
                >
                    <Icon glyph=Glyph::Minus class="size-4" />
                </Button>
                <span class="figure min-w-6 text-center font-medium" data-testid=format!("characters-{level}")>
                    {count}
                </span>
                <Button
                    kind=ButtonKind::Quiet
                    icon_only=true
                    attr:aria-label=format!("One more of level {level}")
                    on_click=move |_| change(&|lots: &mut Lots, level: &str| lots.add(level, 1))
                >
                    <Icon glyph=Glyph::Plus class="size-4" />
                </Button>
            </span>
        </li>
    }
}
