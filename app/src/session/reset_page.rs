//! The page that a letter about a forgotten password leads to.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{
    DONE,
    entrance::{BackToSignIn, Entrance},
    reset_password::ResetPassword,
};
use crate::{
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        notice::{FailureNotice, Notice},
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) ResetRoute => ResetPage, in letters);

/// Asks for another password.
#[component]
fn ResetPage() -> impl IntoView {
    let action = ServerAction::<ResetPassword>::new();
    let query = use_query_map();
    let token = move || query.read().get("token").unwrap_or_default();
    let refusal = move || action.value().get().and_then(Result::err);
    let is_done = move || {
        action.value().read().as_ref().is_some_and(Result::is_ok) || query.read().get_str(DONE).is_some()
    };
    let of_password = Signal::derive(move || refusal().and_then(|failure| failure.of_field("new_password")));
    let of_token = move || refusal().is_some_and(|failure| failure.of_field("token").is_some());
    let other = move || refusal().filter(|failure| failure.0.errors.is_empty());
    view! {
        <Entrance title="Choose another password" text="All sign-ins of the account end. A second factor stays.">
            <Show
                when=is_done
                fallback=move || {
                    view! {
                        <ActionForm action>
                            <div class="flex flex-col gap-5">
                                {move || other().map(|failure| view! { <FailureNotice failure /> })}
                                <Show when=of_token>
                                    <Notice tone=Tone::Bad title="This link does not work any more">
                                        "It works once, for half an hour. "
                                        <a href="/forgot-password" class="font-medium text-accent underline">
                                            "Ask for another letter"
                                        </a> "."
                                    </Notice>
                                </Show>
                                <input type="hidden" name="token" value=token />
                                <TextField
                                    id="new-password"
                                    label="New password"
                                    name="new_password"
                                    hint="12 characters or more. A few words in a row are easy to keep in mind."
                                    error=of_password
                                    entry=Entry {
                                        kind: Some("password"),
                                        autocomplete: Some("new-password"),
                                        required: true,
                                        max_length: Some(128),
                                        ..Entry::default()
                                    }
                                />
                                <Button kind=ButtonKind::Primary submits=true busy=action.pending()>
                                    "Choose this password"
                                </Button>
                            </div>
                        </ActionForm>
                    }
                }
            >
                <Notice tone=Tone::Good title="The password is changed">
                    "Sign in with it now."
                </Notice>
            </Show>
            <BackToSignIn />
        </Entrance>
    }
}
