//! The encounter calculator's page.

use api::encounter::EncounterMonster;
use leptos::{either::Either, prelude::*};
use leptos_router::{components::A, hooks::query_signal};

use super::{lots::Lots, monster_search::MonsterSearch, party::Party, verdict::Verdict, weigh::weigh};
use crate::{
    components::{
        button::{Button, ButtonKind},
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    format::count,
    on_demand::on_demand,
};

on_demand!(pub(crate) EncountersRoute => EncountersPage, in rules);

/// The party that one begins with.
const FIRST_PARTY: &str = "3x4";

/// A party on one side, monsters on the other, the verdict over both.
#[component]
fn EncountersPage() -> impl IntoView {
    let (party_text, set_party) = query_signal::<String>("party");
    let (monsters_text, set_monsters) = query_signal::<String>("monsters");
    let party =
        Memo::new(move |_| Lots::read(&party_text.get().unwrap_or_else(|| FIRST_PARTY.to_owned()), 'x'));
    let monsters = Memo::new(move |_| Lots::read(&monsters_text.get().unwrap_or_default(), '*'));
    let set_party = Callback::new(move |lots: Lots| set_party.set(lots.written()));
    let set_monsters = Callback::new(move |lots: Lots| set_monsters.set(lots.written()));
    let weighed = Resource::new(
        move || (party.get().written().unwrap_or_default(), monsters.get().written().unwrap_or_default()),
        |(party, monsters)| weigh(party, monsters),
    );
    let add = Callback::new(move |id: String| {
        let mut lots = monsters.get_untracked();
        lots.add(&id, 1);
        set_monsters.run(lots);
    });
    view! {
        <PageHeader
            title="Encounters"
            text="How hard a fight would be, and what it takes of a party's day. The address keeps it: send it to somebody."
        />
        <div class="grid items-start gap-4 lg:grid-cols-[20rem_1fr]">
            <div class="space-y-4">
                <Party party set=set_party />
                <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Monsters to add">
                    <MonsterSearch add />
                </section>
            </div>
            <div class="min-w-0 space-y-4">
                <Transition fallback=|| view! { <Skeleton class="h-96" /> }>
                    {move || Suspend::new(async move {
                        match weighed.await {
                            Ok(encounter) => {
                                let lots = encounter.monsters.clone();
                                Either::Left(
                                    view! {
                                        <Verdict encounter />
                                        <Fight lots monsters set=set_monsters />
                                    },
                                )
                            }
                            Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                        }
                    })}
                </Transition>
            </div>
        </div>
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}

/// The monsters of the fight.
#[component]
fn Fight(lots: Vec<EncounterMonster>, monsters: Memo<Lots>, set: Callback<Lots>) -> impl IntoView {
    if lots.is_empty() {
        return Either::Left(view! {
            <section class="rounded-card border border-line bg-surface shadow-low">
                <EmptyState
                    glyph=Glyph::Entities
                    title="Nobody to fight yet"
                    text="Look for a monster by its name, and add it."
                />
            </section>
        });
    }
    let change = move |act: &dyn Fn(&mut Lots)| {
        let mut all = monsters.get_untracked();
        act(&mut all);
        set.run(all);
    };
    let row = move |lot: EncounterMonster| {
        let (less, more, out) = (lot.id.clone(), lot.id.clone(), lot.id.clone());
        let name = lot.name.clone();
        view! {
            <li class="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5" data-testid="monster">
                <span class="min-w-0 grow">
                    <A
                        href=format!("/compendium/monsters/{}", lot.id)
                        attr:class="block truncate font-medium text-accent-strong hover:underline"
                    >
                        {lot.name.clone()}
                    </A>
                    <span class="block text-sm text-ink-muted">
                        {format!("challenge {}, {} experience each", lot.challenge, count(u64::from(lot.experience)))}
                    </span>
                </span>
                <span class="flex items-center gap-1">
                    <Button
                        kind=ButtonKind::Quiet
                        icon_only=true
                        attr:aria-label=format!("One {name} less")
                        on_click=move |_| change(&|all: &mut Lots| all.take(&less))
                    >
                        <Icon glyph=Glyph::Minus class="size-4" />
                    </Button>
                    <span class="figure min-w-6 text-center font-medium">{lot.count}</span>
                    <Button
                        kind=ButtonKind::Quiet
                        icon_only=true
                        attr:aria-label=format!("One {name} more")
                        on_click=move |_| change(&|all: &mut Lots| all.add(&more, 1))
                    >
                        <Icon glyph=Glyph::Plus class="size-4" />
                    </Button>
                    <Button
                        kind=ButtonKind::Quiet
                        icon_only=true
                        attr:aria-label=format!("Take {name} out")
                        on_click=move |_| change(&|all: &mut Lots| all.drop(&out))
                    >
                        <Icon glyph=Glyph::Close class="size-4" />
                    </Button>
                </span>
            </li>
        }
    };
    Either::Right(view! {
        <section class="rounded-card border border-line bg-surface shadow-low" aria-labelledby="fight-title">
            <h2 id="fight-title" class="border-b border-line px-4 py-3 font-semibold">
                "Monsters"
            </h2>
            <ul class="divide-y divide-line">{lots.into_iter().map(row).collect_view()}</ul>
        </section>
    })
}
