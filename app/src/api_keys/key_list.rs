//! The keys as a table, the one that was just made above it.

use api::api_key::{ApiKeyView, NewApiKey};
use leptos::prelude::*;

use super::{create_dialog::CreateDialog, key_row::KeyRow, new_key::NewKey, revoke_key::revoke_key};
use crate::components::{
    empty_state::EmptyState, icon::Glyph, reason_dialog::ReasonDialog, table::DataTable,
};

const COLUMNS: &[&str] = &["Key", "May", "Last used", "Ends", "State", ""];

/// All keys, the newest first.
#[component]
pub(super) fn KeyList(first: Vec<ApiKeyView>, creates: RwSignal<bool>) -> impl IntoView {
    let keys = RwSignal::new(first);
    let made = RwSignal::new(None::<NewApiKey>);
    let (revokes, meant) = (RwSignal::new(false), RwSignal::new(None::<ApiKeyView>));
    let is_empty = Memo::new(move |_| keys.read().is_empty());
    let ask = Callback::new(move |key: ApiKeyView| {
        meant.set(Some(key));
        revokes.set(true);
    });
    let revoke = move |reason: String| {
        let key = meant.get_untracked().map(|key| key.id);
        async move {
            if let Some(key) = key {
                let ended = revoke_key(key, reason).await?;
                let _ = keys.try_update(|keys| {
                    if let Some(place) = keys.iter_mut().find(|known| known.id == ended.id) {
                        *place = ended;
                    }
                });
            }
            Ok("The key is revoked".to_owned())
        }
    };
    let name = move || meant.with(|key| key.as_ref().map(|key| key.name.clone()).unwrap_or_default());
    view! {
        {move || made.get().map(|new| view! { <NewKey new made /> })}
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Keys">
            <Show when=move || !is_empty.get() fallback=|| view! { <NoKeys /> }>
                <DataTable caption="API keys" columns=COLUMNS>
                    <For each=move || keys.get() key=|key| (key.id, key.revoked_at.is_some()) let:key>
                        <KeyRow api_key=key ask />
                    </For>
                </DataTable>
            </Show>
        </section>
        <CreateDialog open=creates keys made />
        <ReasonDialog
            id="revoke-key"
            title=Signal::derive(move || format!("Revoke {}?", name()))
            text="Programs that use it are refused from now on, on all processes. It can’t be taken back."
            yes="Revoke the key"
            open=revokes
            act=revoke
        />
    }
}

#[component]
fn NoKeys() -> impl IntoView {
    view! {
        <EmptyState
            glyph=Glyph::Key
            title="No keys yet"
            text="A matchmaker, a shop or a chat bot calls the API with a key of its own. First create an account of role service for it."
        />
    }
}
