//! The list of characters. What is looked for stands in the address.

use api::{
    List, Permission,
    character::{CharacterView, ClassLevel},
};
use leptos::{either::Either, prelude::*};
use leptos_router::{components::A, hooks::query_signal};

use super::list_characters::list_characters;
use crate::{
    components::{
        button::Button,
        choice::{Alternative, Choice},
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        search_field::SearchField,
        skeleton::Skeleton,
        table::{Cell, DataTable, ROW},
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) CharactersRoute => CharactersPage, in rules);

const COLUMNS: &[&str] = &["Name", "Race", "Class", "Level"];
const SCOPES: &[Alternative] =
    &[Alternative { value: "", label: "Yours" }, Alternative { value: "all", label: "Everybody’s" }];

/// How the way to the builder looks wherever it stands.
pub(super) const PRIMARY_LINK: &str = "inline-flex h-9 items-center justify-center gap-2 rounded-control bg-accent px-3.5 text-base font-medium \
     whitespace-nowrap text-on-accent hover:bg-accent-strong";

/// Classes with their levels: `Fighter 3, Wizard 1`.
pub(super) fn classes(classes: &[ClassLevel]) -> String {
    classes.iter().map(|class| format!("{} {}", class.name, class.level)).collect::<Vec<_>>().join(", ")
}

#[component]
fn CharactersPage() -> impl IntoView {
    let (scope, set_scope) = query_signal::<String>("of");
    let (name, set_name) = query_signal::<String>("name");
    let sees_all = use_viewer().may(Permission::InspectEntities);
    let wanted = move || (scope.get().as_deref() == Some("all"), name.get());
    let first = Resource::new(wanted, |(everybodys, name)| list_characters(everybodys, name, None));
    view! {
        <PageHeader title="Characters" text="Who plays here, by the 5E compatible rules.">
            <A href="/characters/new" attr:class=PRIMARY_LINK>
                <Icon glyph=Glyph::Plus />
                "New character"
            </A>
        </PageHeader>
        <div class="mb-4 flex flex-wrap items-end gap-3">
            {sees_all
                .then(|| {
                    view! { <Choice id="character-scope" label="Whose" options=SCOPES value=scope set=set_scope /> }
                })}
            <SearchField id="character-name" label="Name" placeholder="Part of a name" value=name set=set_name />
        </div>
        <Suspense fallback=|| view! { <Skeleton class="h-72" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => {
                        let (everybodys, name) = untrack(wanted);
                        Either::Left(view! { <Characters first=list everybodys name /> })
                    }
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Characters(first: List<CharacterView>, everybodys: bool, name: Option<String>) -> impl IntoView {
    let is_empty = first.items.is_empty();
    let (next, characters) = (RwSignal::new(first.next), RwSignal::new(first.items));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None));
    let is_search = name.is_some();
    let more = move |_| {
        let name = name.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            // The page may be closed when the answer comes.
            match list_characters(everybodys, name, next.get_untracked()).await {
                Ok(list) => {
                    let _ = (characters.try_update(|all| all.extend(list.items)), next.try_set(list.next));
                }
                Err(reason) => {
                    let _ = failure.try_set(Some(reason));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    if is_empty {
        let (title, text) = if is_search {
            ("Nobody by this name", "Try fewer letters.")
        } else {
            ("No characters yet", "Make one: choose race and class, the rest can be filled in for you.")
        };
        return Either::Left(view! {
            <section class="rounded-card border border-line bg-surface shadow-low">
                <EmptyState glyph=Glyph::Entities title text>
                    <A href="/characters/new" attr:class=PRIMARY_LINK>
                        "New character"
                    </A>
                </EmptyState>
            </section>
        });
    }
    Either::Right(view! {
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Characters">
            <DataTable caption="Characters" columns=COLUMNS>
                <For each=move || characters.get() key=|character| character.id let:character>
                    <tr class=ROW>
                        <Cell>
                            <A
                                href=format!("/characters/{}", character.id)
                                attr:class="font-medium text-accent-strong hover:underline"
                            >
                                {character.name}
                            </A>
                        </Cell>
                        <Cell column="Race">{race(character.race)}</Cell>
                        <Cell column="Class">{classes(&character.classes)}</Cell>
                        <Cell column="Level" class="figure">
                            {character.level}
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

/// A race's name for people.
const fn race(race: rules::Race) -> &'static str {
    use rules::Race;

    match race {
        Race::Dragonborn => "Dragonborn",
        Race::Dwarf => "Dwarf",
        Race::Elf => "Elf",
        Race::Gnome => "Gnome",
        Race::HalfElf => "Half-Elf",
        Race::HalfOrc => "Half-Orc",
        Race::Halfling => "Halfling",
        Race::Human => "Human",
        Race::Tiefling => "Tiefling",
    }
}
