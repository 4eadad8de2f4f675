//! The Infrastructure page.

use leptos::{either::Either, prelude::*};

use super::{list_kinds::list_kinds, list_nodes::list_nodes, node_list::NodeList};
use crate::{
    components::{notice::FailureNotice, page_header::PageHeader, skeleton::Skeleton},
    on_demand::on_demand,
};

on_demand!(pub(crate) InfrastructureRoute => InfrastructurePage, in staff);

/// Every node of this process, and the way to exchange its driver.
#[component]
fn InfrastructurePage() -> impl IntoView {
    // Two resources: the context of a request is gone after the first await within one.
    let nodes = Resource::new(|| (), |()| list_nodes());
    let kinds = Resource::new(|| (), |()| list_kinds());
    view! {
        <PageHeader
            title="Infrastructure"
            text="What the server stands on. A driver can be exchanged while people play; what it keeps comes along."
        />
        <Suspense fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match (nodes.await, kinds.await) {
                    (Ok(nodes), Ok(kinds)) => Either::Left(view! { <NodeList first=nodes kinds /> }),
                    (Err(failure), _) | (_, Err(failure)) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}
