//! The compendium's list. What is looked for stands in the address, so that it can be sent to somebody.

use api::{
    List,
    rules::{RulesEntry, RulesKind},
};
use leptos::{either::Either, prelude::*};
use leptos_router::{
    components::{A, Form},
    hooks::use_query_map,
};

use super::{coverage_badge::CoverageBadge, list_records::list_records};
use crate::{
    components::{
        button::Button,
        empty_state::EmptyState,
        icon::Glyph,
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
        table::{Cell, DataTable, ROW},
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) CompendiumRoute => CompendiumPage, in rules);

const COLUMNS: &[&str] = &["Name", "What it is", "Engine"];

/// The kind's name for people.
pub(super) const fn title(kind: RulesKind) -> &'static str {
    match kind {
        RulesKind::Classes => "Classes",
        RulesKind::Races => "Races",
        RulesKind::Spells => "Spells",
        RulesKind::Monsters => "Monsters",
        RulesKind::Items => "Items",
        RulesKind::Conditions => "Conditions",
    }
}

/// Kinds, a field to look for a name, and the records.
#[component]
fn CompendiumPage() -> impl IntoView {
    let query = use_query_map();
    let kind = Memo::new(move |_| {
        query
            .with(|query| query.get("kind").and_then(|kind| RulesKind::from_name(&kind)))
            .unwrap_or(RulesKind::Spells)
    });
    let name = Memo::new(move |_| query.with(|query| query.get("name")).unwrap_or_default());
    let first = Resource::new(
        move || (kind.get(), name.get()),
        |(kind, name)| list_records(kind, Some(name).filter(|name| !name.is_empty()), None),
    );
    view! {
        <PageHeader
            title="Compendium"
            text="What the rules know, told from the data that the engine plays. 5E compatible."
        />
        <div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <Kinds kind />
            <A href="/coverage" attr:class="text-sm font-medium text-accent-strong hover:underline">
                "How much of it runs"
            </A>
        </div>
        <Form method="GET" action="/compendium" attr:class="my-4 flex max-w-md gap-2" attr:role="search">
            <input type="hidden" name="kind" value=move || kind.get().name() />
            <input
                type="search"
                name="name"
                aria-label="Name"
                placeholder="Name"
                maxlength="64"
                value=move || name.get()
                class="h-9 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink placeholder:text-ink-muted"
            />
            <Button submits=true>"Search"</Button>
        </Form>
        <Suspense fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => {
                        Either::Left(view! { <Entries first=list kind=kind.get_untracked() name=name.get_untracked() /> })
                    }
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}

#[component]
fn Kinds(kind: Memo<RulesKind>) -> impl IntoView {
    let link = move |other: RulesKind| {
        view! {
            <li>
                <A
                    href=format!("/compendium?kind={}", other.name())
                    attr:class="block rounded-control px-3 py-1.5 font-medium text-ink-muted hover:bg-hover hover:text-ink \
                                data-current:bg-accent-soft data-current:text-accent-strong"
                    attr:data-current=move || (kind.get() == other).then_some("")
                >
                    {title(other)}
                </A>
            </li>
        }
    };
    view! {
        <nav aria-label="Kinds of records">
            <ul class="flex flex-wrap gap-1">{RulesKind::ALL.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
}

/// The records that were found, and more of them on request.
#[component]
fn Entries(first: List<RulesEntry>, kind: RulesKind, name: String) -> impl IntoView {
    let is_empty = first.items.is_empty();
    let next = RwSignal::new(first.next);
    let entries = RwSignal::new(first.items);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None);
    let more = move |_| {
        let name = Some(name.clone()).filter(|name| !name.is_empty());
        busy.set(true);
        leptos::task::spawn_local(async move {
            // The page may be closed when the answer comes.
            match list_records(kind, name, next.get_untracked()).await {
                Ok(list) => {
                    let _ = (entries.try_update(|all| all.extend(list.items)), next.try_set(list.next));
                }
                Err(reason) => {
                    let _ = failure.try_set(Some(reason));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    if is_empty {
        return Either::Left(view! {
            <section class="rounded-card border border-line bg-surface shadow-low">
                <EmptyState glyph=Glyph::Book title="Nothing by this name" text="Try fewer letters, or another kind." />
            </section>
        });
    }
    Either::Right(view! {
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label=title(kind)>
            <DataTable caption=title(kind) columns=COLUMNS>
                <For each=move || entries.get() key=|entry| entry.id.clone() let:entry>
                    <tr class=ROW>
                        <Cell>
                            <A
                                href=format!("/compendium/{}/{}", kind.name(), entry.id)
                                attr:class="font-medium text-accent-strong hover:underline"
                            >
                                {entry.name}
                            </A>
                        </Cell>
                        <Cell column="What it is" class="text-ink-muted">
                            {entry.summary}
                        </Cell>
                        <Cell column="Engine">
                            <CoverageBadge coverage=entry.coverage />
                        </Cell>
                    </tr>
                </For>
            </DataTable>
        </section>
        {move || failure.get().map(|failure| view! { <div class="mt-4"><FailureNotice failure /></div> })}
        <Show when=move || next.read().is_some()>
            <div class="mt-4 flex justify-center">
                <Button busy on_click=more.clone()>"Show more"</Button>
            </div>
        </Show>
    })
}
