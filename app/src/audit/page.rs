//! The Audit page.

use api::Permission;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::{query_signal, use_query_map};

use super::{
    entries::Entries,
    list_entries::list_entries,
    verified_badge::{Finding, VerifiedBadge},
    wanted,
    who_field::WhoField,
};
use crate::{
    components::{
        choice::{Alternative, Choice},
        date_field::DateField,
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) AuditRoute => AuditPage, in staff);

/// What can be chosen: a beginning of deeds' names, up to a dot, or a whole name.
const ACTIONS: &[Alternative] = &[
    Alternative { value: "", label: "All deeds" },
    Alternative { value: "account", label: "Accounts" },
    Alternative { value: "account.sign_in", label: "Sign-ins" },
    Alternative { value: "account.change_role", label: "Changes of roles" },
    Alternative { value: "account.ban", label: "Bans" },
    Alternative { value: "api_key", label: "API keys" },
    Alternative { value: "audit", label: "The audit itself" },
    Alternative { value: "infrastructure", label: "Infrastructure" },
    Alternative { value: "job", label: "Jobs" },
    Alternative { value: "jobs", label: "The queue" },
    Alternative { value: "schedule", label: "Schedules" },
    Alternative { value: "pipeline", label: "Pipelines" },
];

const DOWNLOAD: &str = "inline-flex h-9 items-center gap-2 rounded-control border border-line-strong bg-raised px-3.5 \
                        text-base font-medium whitespace-nowrap hover:bg-hover";

/// The log, and what is looked for in it.
#[component]
fn AuditPage() -> impl IntoView {
    let may_view = use_viewer().may(Permission::ViewAudit);
    let query = use_query_map();
    let (actor, set_actor) = query_signal::<String>("actor");
    let (action, set_action) = query_signal::<String>("action");
    let (subject, set_subject) = query_signal::<String>("subject");
    let (since, set_since) = query_signal::<String>("since");
    let (until, set_until) = query_signal::<String>("until");
    let filter = Memo::new(move |_| query.with(wanted::read));
    let first = Resource::new(
        move || filter.get(),
        |filter| list_entries(filter.actor, filter.action, filter.subject, filter.since, filter.until, None),
    );
    let found = RwSignal::new(None);
    let export = move |format: &'static str, label: &'static str| {
        view! {
            <a
                href=move || filter.with(|filter| wanted::export_address(filter, format))
                class=DOWNLOAD
                download=format!("audit.{format}")
                rel="external"
            >
                <Icon glyph=Glyph::Download />
                {label}
            </a>
        }
    };
    view! {
        <PageHeader title="Audit log" text="Who did what, on whom, why and from where. Nobody can change it.">
            {may_view.then(|| view! { <VerifiedBadge found /> })}
        </PageHeader>
        <Finding found />
        <div class="mb-4 flex flex-wrap items-end gap-3">
            <Choice id="audit-action" label="What" options=ACTIONS value=action set=set_action />
            <WhoField id="audit-actor" label="Who" prefix="" value=actor set=set_actor />
            <WhoField id="audit-subject" label="On whom" prefix="account " value=subject set=set_subject />
            <DateField id="audit-since" label="From (UTC)" value=since set=set_since />
            <DateField id="audit-until" label="To (UTC)" value=until set=set_until />
            <div class="flex gap-2 sm:ml-auto">{export("csv", "CSV")} {export("json", "JSON")}</div>
        </div>
        <Transition fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <Entries first=list filter=filter.get_untracked() /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
    }
}
