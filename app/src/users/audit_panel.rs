//! What the audit knows of a person.

use leptos::{either::EitherOf3, prelude::*};
use leptos_router::components::A;

use super::person_page::Subject;
use crate::{
    audit::{entry_row::EntryRow, list_entries::list_entries},
    components::{notice::FailureNotice, panel::Panel, skeleton::Skeleton},
};

/// Entries that are shown here; the rest stands in the log.
const SHOWN: usize = 8;
const LINK: &str = "text-sm font-medium text-accent hover:underline";

/// The newest entries about them, and the ways into the log.
#[component]
pub(super) fn AuditPanel(subject: Subject) -> impl IntoView {
    let about = format!("account {}", subject.id);
    let all = format!("/audit?subject=account%20{}", subject.id);
    let theirs = format!("/audit?actor={}", subject.id);
    let entries = Resource::new(
        move || subject.deeds.get(),
        move |_| list_entries(None, None, Some(about.clone()), None, None, None),
    );
    let actions = view! {
        <A href=all attr:class=LINK>"All about them"</A>
        <A href=theirs attr:class=LINK>"What they did"</A>
    };
    view! {
        <Panel id="audit" title="Audit" actions=actions.into_any() flush=true>
            <Transition fallback=|| view! { <Skeleton class="h-32" /> }>
                {move || Suspend::new(async move {
                    match entries.await {
                        Ok(list) if list.items.is_empty() => {
                            EitherOf3::A(view! { <p class="px-4 py-4 text-ink-muted sm:px-5">"Nothing was noted yet."</p> })
                        }
                        Ok(list) => {
                            EitherOf3::B(view! {
                                <ol class="divide-y divide-line">
                                    {list.items.into_iter().take(SHOWN).map(|entry| view! { <EntryRow entry /> }).collect_view()}
                                </ol>
                            })
                        }
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Transition>
        </Panel>
    }
}
