//! A key that was just made, with its secret.

use api::api_key::NewApiKey;
use leptos::prelude::*;

use crate::components::{
    badge::Tone,
    button::{Button, ButtonKind},
    copy::CopyButton,
    notice::Notice,
};

/// The secret, until the viewer says that it is kept. Nobody can show it again.
#[component]
pub(super) fn NewKey(new: NewApiKey, made: RwSignal<Option<NewApiKey>>) -> impl IntoView {
    let title = format!("Keep the secret of {} now", new.key.name);
    let token = new.token;
    view! {
        <div class="mb-4" data-testid="new-key">
            <Notice tone=Tone::Warn title>
                <p>"It is shown this once. A program sends it as a bearer token."</p>
                <p class="mt-2 rounded-control border border-line bg-raised px-3 py-2 font-mono text-sm break-all text-ink select-all" data-testid="secret">
                    {token.clone()}
                </p>
                <div class="mt-3 flex flex-wrap gap-2">
                    <CopyButton label="Copy the secret" value=Signal::stored(token) />
                    <Button kind=ButtonKind::Quiet on_click=move |_| made.set(None)>"I have kept it"</Button>
                </div>
            </Notice>
        </div>
    }
}
