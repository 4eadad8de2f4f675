//! The Pipelines page.

use api::Permission;
use leptos::{either::Either, prelude::*};

use super::{list_pipelines::list_pipelines, pipeline_list::PipelineList};
use crate::{
    components::{notice::FailureNotice, page_header::PageHeader, skeleton::Skeleton},
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) PipelinesRoute => PipelinesPage, in staff);

/// All pipelines, each with its flow and figures.
#[component]
fn PipelinesPage() -> impl IntoView {
    let (may_run, may_look) =
        (use_viewer().may(Permission::ManagePipelines), use_viewer().may(Permission::ViewEvents));
    let first = Resource::new(|| (), |()| list_pipelines());
    view! {
        <PageHeader title="Pipelines" text="What is made of events: source, steps and sinks, each event counted once." />
        <Suspense fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <PipelineList first=list may_run may_look /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}
