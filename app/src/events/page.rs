//! The Events page.

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::query_signal;

use super::{event_list::EventList, list_events::list_events};
use crate::{
    components::{
        choice::{Alternative, Choice},
        notice::FailureNotice,
        page_header::PageHeader,
        search_field::SearchField,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) EventsRoute => EventsPage, in staff);

/// What can be chosen: a type of events, or a beginning of it.
const KINDS: &[Alternative] = &[
    Alternative { value: "", label: "All types" },
    Alternative { value: "account.*", label: "Accounts" },
    Alternative { value: "character.*", label: "Characters" },
    Alternative { value: "session.*", label: "Stays in the game" },
    Alternative { value: "combat.*", label: "Combat" },
    Alternative { value: "economy.*", label: "Economy" },
    Alternative { value: "job.*", label: "Jobs" },
    Alternative { value: "etl.*", label: "Results of pipelines" },
];

/// The log, and what is looked for in it. Both stand in the page's address.
#[component]
fn EventsPage() -> impl IntoView {
    let (kind, set_kind) = query_signal::<String>("type");
    let (subject, set_subject) = query_signal::<String>("subject");
    let (request, set_request) = query_signal::<String>("request");
    let wanted = move || (kind.get(), subject.get(), request.get());
    let first = Resource::new(wanted, |(kind, subject, request)| async move {
        list_events(kind, subject, request.and_then(|text| text.parse().ok()), None).await
    });
    view! {
        <PageHeader title="Events" text="What happened, the newest first. Pipelines read the same events." />
        <div class="mb-4 flex flex-wrap items-end gap-3">
            <Choice id="event-type" label="Type" options=KINDS value=kind set=set_kind />
            <SearchField id="event-subject" label="Subject" placeholder="account/… or session/…" value=subject set=set_subject />
            <SearchField id="event-request" label="Request" placeholder="a request's UUID" value=request set=set_request />
        </div>
        <Transition fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <EventList first=list /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
    }
}
