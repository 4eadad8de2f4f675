//! The nodes as cards that keep themselves up to date.

use std::time::Duration;

use api::{
    List, Permission,
    infrastructure::{KindView, NodeView},
};
use leptos::prelude::*;

use super::{
    change_dialog::ChangeDialog, history_dialog::HistoryDialog, list_nodes::list_nodes, node_card::NodeCard,
};
use crate::{
    components::fresh::{StaleNotice, keep_fresh},
    session::viewer::use_viewer,
};

/// How often the nodes are asked while the page is open: often enough to watch a swap.
const REFRESH: Duration = Duration::from_millis(750);

/// All nodes, with the dialogs that change one.
#[component]
pub(crate) fn NodeList(first: List<NodeView>, kinds: Vec<KindView>) -> impl IntoView {
    let may_change = use_viewer().may(Permission::SwapInfrastructure);
    let fresh = keep_fresh(first.items, REFRESH, async || Ok(list_nodes().await?.items));
    let nodes = fresh.value;
    let ids = Memo::new(move |_| nodes.with(|nodes| nodes.iter().map(|node| node.id).collect::<Vec<_>>()));
    let node_of =
        move |id| Memo::new(move |_| nodes.with(|nodes| nodes.iter().find(|node| node.id == id).cloned()));
    let changing = RwSignal::new(None::<NodeView>);
    let reading = RwSignal::new(None::<NodeView>);
    let changed = Callback::new(move |()| fresh.refresh());
    view! {
        <StaleNotice of=fresh />
        <ul class="grid grid-cols-1 gap-4 lg:grid-cols-2">
            <For each=move || ids.get() key=|id| *id let:id>
                <NodeCard node=node_of(id) may_change changing reading />
            </For>
        </ul>
        {may_change.then(|| view! { <ChangeDialog changing nodes kinds changed /> })}
        <HistoryDialog reading may_change changed />
    }
}
