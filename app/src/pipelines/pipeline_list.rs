//! The pipelines as cards that keep themselves up to date.

use std::time::Duration;

use api::{List, pipeline::PipelineView};
use leptos::prelude::*;

use super::{deed::PipelineDeed, list_pipelines::list_pipelines, pipeline_card::PipelineCard};
use crate::components::{
    deed_dialog::DeedDialog,
    empty_state::EmptyState,
    fresh::{StaleNotice, keep_fresh},
    icon::Glyph,
};

/// How often the figures are asked for while the page is open.
const REFRESH: Duration = Duration::from_secs(1);

/// All pipelines, refreshed each second.
#[component]
pub(crate) fn PipelineList(first: List<PipelineView>, may_run: bool, may_look: bool) -> impl IntoView {
    let fresh = keep_fresh(first.items, REFRESH, async || Ok(list_pipelines().await?.items));
    let list = fresh.value;
    let ids = Memo::new(move |_| list.with(|list| list.iter().map(|view| view.id).collect::<Vec<_>>()));
    let asked = RwSignal::new(None::<PipelineDeed>);
    view! {
        <StaleNotice of=fresh />
        <Show when=move || !ids.with(Vec::is_empty) fallback=|| view! { <NoPipelines /> }>
            <div class="space-y-5">
                <For each=move || ids.get() key=|id| *id let:id>
                    {
                        let view = Memo::new(move |_| {
                            list.with(|list| list.iter().find(|view| view.id == id).cloned())
                        });
                        view! { <PipelineCard view may_run may_look asked /> }
                    }
                </For>
            </div>
        </Show>
        {may_run
            .then(|| view! { <DeedDialog id="pipeline-deed" asked done=Callback::new(move |_| fresh.refresh()) /> })}
    }
}

#[component]
fn NoPipelines() -> impl IntoView {
    view! {
        <section class="rounded-card border border-line bg-surface shadow-low">
            <EmptyState
                glyph=Glyph::Pipelines
                title="No pipelines yet"
                text="A pipeline is a JSON file in config/pipelines. The server reads them when it starts."
            />
        </section>
    }
}
