//! The Jobs page.

use api::Permission;
use leptos::{either::Either, prelude::*};

use super::{job_list::JobList, list_jobs::list_jobs};
use crate::{
    components::{
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    session::viewer::use_viewer,
};

/// The list of jobs, and the way to start one.
#[component]
pub(crate) fn JobsPage() -> impl IntoView {
    let may_run = use_viewer().may(Permission::RunJobs);
    let first = Resource::new(|| (), |()| list_jobs(None));
    let starts = RwSignal::new(false);
    view! {
        <PageHeader title="Jobs" text="Work in the background, the newest first.">
            {may_run
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Primary on:click=move |_| starts.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Pre-generate a region"
                        </Button>
                    }
                })}
        </PageHeader>
        <Suspense fallback=|| view! { <Skeleton class="h-64" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <JobList first=list may_run starts /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}
