//! What a character owns, and what it may buy.

use api::{
    character::{BelongingView, InventoryDeed, InventoryRequest},
    rules::{RulesEntry, RulesKind},
};
use leptos::prelude::*;

use super::{change_inventory::change_inventory, deeds::Deeds};
use crate::{
    Failure,
    compendium::list_records::list_records,
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
    },
};

/// Things with what can be done with each, money, and a shop.
#[component]
pub(super) fn Inventory(deeds: Deeds) -> impl IntoView {
    let belongings = Memo::new(move |_| deeds.record.with(|record| record.sheet.belongings.clone()));
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Belongings">
            <div class="mb-2 flex items-baseline justify-between gap-3">
                <h2 class="text-sm font-semibold">"Belongings"</h2>
                <p class="font-mono text-sm tabular-nums">
                    {move || money(deeds.record.with(|record| record.sheet.money_cp))}
                </p>
            </div>
            <ul class="divide-y divide-line">
                <For
                    each=move || belongings.get()
                    key=|thing| (thing.id.clone(), thing.equipped, thing.attuned, thing.count)
                    let:thing
                >
                    <Thing deeds thing />
                </For>
            </ul>
            <Shop deeds />
        </section>
    }
}

/// Money in the coins that people count it in.
fn money(copper: u32) -> String {
    let coins = [(copper / 100, "gp"), (copper / 10 % 10, "sp"), (copper % 10, "cp")];
    let told: Vec<String> =
        coins.iter().filter(|(count, _)| *count > 0).map(|(count, coin)| format!("{count} {coin}")).collect();
    if told.is_empty() { "0 gp".to_owned() } else { told.join(" ") }
}

fn act(deeds: Deeds, deed: InventoryDeed, item: String, name: &str) {
    let done = match deed {
        InventoryDeed::Equip => format!("{name} in use"),
        InventoryDeed::Unequip => format!("{name} put away"),
        InventoryDeed::Attune => format!("Attuned to {name}"),
        InventoryDeed::EndAttunement => format!("No longer attuned to {name}"),
        InventoryDeed::Buy => format!("{name} bought"),
        InventoryDeed::Drop => format!("{name} thrown away"),
        InventoryDeed::Grant => format!("{name} given"),
    };
    let request = InventoryRequest { deed, item, count: 1 };
    deeds.carry_out(move |_| done, change_inventory(deeds.character(), request, deeds.reason()));
}

#[component]
fn Thing(deeds: Deeds, thing: BelongingView) -> impl IntoView {
    let name =
        if thing.count > 1 { format!("{} × {}", thing.name, thing.count) } else { thing.name.clone() };
    let button = {
        let thing = thing.clone();
        move |deed: InventoryDeed, verb: &'static str| {
            let (id, name) = (thing.id.clone(), thing.name.clone());
            let label = format!("{verb}: {name}");
            view! {
                <Button
                    kind=ButtonKind::Quiet
                    busy=deeds.busy
                    attr:aria-label=label
                    on_click=move |_| act(deeds, deed, id.clone(), &name)
                >
                    {verb}
                </Button>
            }
        }
    };
    let wear = thing.wearable.then(|| {
        if thing.equipped {
            button(InventoryDeed::Unequip, "Put away")
        } else {
            button(InventoryDeed::Equip, "Use")
        }
    });
    let attune = thing.attunable.then(|| {
        if thing.attuned {
            button(InventoryDeed::EndAttunement, "End attunement")
        } else {
            button(InventoryDeed::Attune, "Attune")
        }
    });
    let drop = (!thing.equipped).then(|| button(InventoryDeed::Drop, "Drop"));
    view! {
        <li class="flex flex-wrap items-center gap-x-2 py-1">
            <span class="min-w-0 flex-1 py-1.5">{name}</span>
            {thing.equipped.then(|| view! { <Badge tone=Tone::Good>"In use"</Badge> })}
            {thing.attuned.then(|| view! { <Badge tone=Tone::Info>"Attuned"</Badge> })}
            <span class="flex">{wear} {attune} {drop}</span>
        </li>
    }
}

/// Items by name, each with a button that buys it.
#[component]
fn Shop(deeds: Deeds) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<Vec<RulesEntry>, Failure>>);
    let busy = RwSignal::new(false);
    let look = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let wanted = Some(name.get_untracked()).filter(|name| !name.is_empty());
            let list = list_records(RulesKind::Items, wanted, None).await;
            // The page may be closed when the answer comes.
            let _ = (found.try_set(Some(list.map(|list| list.items))), busy.try_set(false));
        });
    };
    let row = move |entry: RulesEntry| {
        let (id, label, bought) = (entry.id, format!("Buy: {}", entry.name), entry.name.clone());
        view! {
            <li class="flex items-center gap-2 py-1">
                <span class="min-w-0 flex-1">
                    {entry.name} <span class="ml-2 text-xs text-ink-muted">{entry.summary}</span>
                </span>
                <Button
                    kind=ButtonKind::Quiet
                    busy=deeds.busy
                    attr:aria-label=label
                    on_click=move |_| act(deeds, InventoryDeed::Buy, id.clone(), &bought)
                >
                    "Buy"
                </Button>
            </li>
        }
    };
    let shelf = move || {
        match found.get() {
        None => ().into_any(),
        Some(Err(failure)) => view! { <p class="text-sm text-bad">{failure.0.detail}</p> }.into_any(),
        Some(Ok(items)) if items.is_empty() => {
            view! { <p class="text-sm text-ink-muted">"Nothing by this name."</p> }.into_any()
        }
        Some(Ok(items)) => view! {
            <ul class="max-h-64 divide-y divide-line overflow-y-auto rounded-control border border-line px-2.5" tabindex="0" aria-label="Things to buy">
                {items.into_iter().map(row).collect_view()}
            </ul>
        }
        .into_any(),
    }
    };
    view! {
        <form class="mt-3 mb-2 flex gap-2 border-t border-line pt-3" role="search" on:submit=look>
            <input
                type="search"
                maxlength="64"
                aria-label="What to buy"
                placeholder="Rope, arrows, plate …"
                class="h-9 w-full min-w-0 rounded-control border border-control-line bg-raised px-2.5 text-base text-ink placeholder:text-ink-muted"
                on:input=move |event| name.set(event_target_value(&event))
            />
            <Button submits=true busy>
                "Look"
            </Button>
        </form>
        {shelf}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_coins() {
        assert_eq!(
            [money(1_500), money(123), money(0), money(7)],
            ["15 gp", "1 gp 2 sp 3 cp", "0 gp", "7 cp"]
        );
    }
}
