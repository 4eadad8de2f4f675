//! A person's characters.

use api::character::CharacterView;
use leptos::{either::EitherOf3, prelude::*};

use super::{list_user_characters::list_user_characters, person_page::Subject};
use crate::components::{notice::FailureNotice, panel::Panel, skeleton::Skeleton, time::Ago};

/// The characters, the oldest first.
#[component]
pub(super) fn CharactersPanel(subject: Subject) -> impl IntoView {
    let characters = Resource::new(|| (), move |()| list_user_characters(subject.id));
    view! {
        <Panel id="characters" title="Characters" flush=true>
            <Suspense fallback=|| view! { <Skeleton class="h-16" /> }>
                {move || Suspend::new(async move {
                    match characters.await {
                        Ok(list) if list.items.is_empty() => {
                            EitherOf3::A(view! { <p class="px-4 py-4 text-ink-muted sm:px-5">"None yet."</p> })
                        }
                        Ok(list) => EitherOf3::B(view! { <Characters characters=list.items /> }),
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Suspense>
        </Panel>
    }
}

#[component]
fn Characters(characters: Vec<CharacterView>) -> impl IntoView {
    view! {
        <ul class="divide-y divide-line">
            {characters
                .into_iter()
                .map(|character| {
                    view! {
                        <li class="flex items-baseline justify-between gap-3 px-4 py-2.5 sm:px-5">
                            <bdi class="min-w-0 font-medium break-words">{character.name}</bdi>
                            <span class="shrink-0 text-sm text-ink-muted">
                                {match character.last_played_at {
                                    Some(at) => view! { "played " <Ago at /> }.into_any(),
                                    None => "never played".into_any(),
                                }}
                            </span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
