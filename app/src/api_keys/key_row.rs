//! One key as a row.

use api::api_key::ApiKeyView;
use leptos::prelude::*;

use crate::components::{
    badge::{Badge, Tone},
    button::Button,
    table::{Cell, ROW},
    time::{Ago, Until, use_clock},
};

/// A key's row; `ask` is asked to revoke it.
#[component]
pub(super) fn KeyRow(api_key: ApiKeyView, ask: Callback<ApiKeyView>) -> impl IntoView {
    let clock = use_clock();
    let (key, name) = (api_key.clone(), api_key.name);
    let (revoked, ends) = (key.revoked_at.is_some(), key.expires_at);
    let is_over = Memo::new(move |_| ends.is_some_and(|end| end <= clock.now()));
    let state = move || match (revoked, is_over.get()) {
        (true, _) => (Tone::Neutral, "Revoked"),
        (_, true) => (Tone::Neutral, "Over"),
        _ => (Tone::Good, "Works"),
    };
    let label = format!("Revoke {name}");
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.name()).collect();
    view! {
        <tr class=ROW data-testid="key">
            <Cell>
                <p class="font-medium break-words">
                    <bdi>{name}</bdi>
                </p>
                <p class="text-xs text-ink-muted">
                    "made " <Ago at=key.created_at /> " for "
                    <a class="underline decoration-line-strong underline-offset-2 hover:text-ink" href=format!("/users/{}", key.account_id)>"its account"</a>
                </p>
            </Cell>
            <Cell column="May" class="max-w-80">
                <ul class="flex flex-wrap gap-1">
                    {scopes
                        .into_iter()
                        .map(|scope| {
                            view! { <li class="rounded-control bg-sunken px-1.5 py-0.5 font-mono text-xs text-ink-muted">{scope}</li> }
                        })
                        .collect_view()}
                </ul>
            </Cell>
            <Cell column="Last used" class="text-ink-muted">
                {match key.last_used_at {
                    Some(at) => view! { <Ago at /> }.into_any(),
                    None => "never".into_any(),
                }}
            </Cell>
            <Cell column="Ends" class="text-ink-muted">
                {match ends {
                    Some(at) => view! { <Until at /> }.into_any(),
                    None => "never".into_any(),
                }}
            </Cell>
            <Cell column="State">
                <Badge tone=Signal::derive(move || state().0)>{move || state().1}</Badge>
            </Cell>
            <Cell class="text-right">
                {(!revoked)
                    .then(|| {
                        view! {
                            <Button attr:aria-label=label on_click=move |_| ask.run(key.clone())>
                                "Revoke"
                            </Button>
                        }
                    })}
            </Cell>
        </tr>
    }
}
