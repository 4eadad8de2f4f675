//! The page that a letter about an address leads to.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{
    DONE,
    entrance::{BackToSignIn, Entrance},
    verify_email::VerifyEmail,
};
use crate::{
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        notice::{FailureNotice, Notice},
    },
    on_demand::on_demand,
};

on_demand!(pub(crate) VerifyRoute => VerifyPage, in letters);

/// Verifies the address at a press of a button: programs that look into letters follow links, but press nothing.
#[component]
fn VerifyPage() -> impl IntoView {
    let action = ServerAction::<VerifyEmail>::new();
    let query = use_query_map();
    let token = move || query.read().get("token").unwrap_or_default();
    let refusal = move || action.value().get().and_then(Result::err);
    let is_done = move || {
        action.value().read().as_ref().is_some_and(Result::is_ok) || query.read().get_str(DONE).is_some()
    };
    let of_token = move || refusal().is_some_and(|failure| failure.of_field("token").is_some());
    let other = move || refusal().filter(|failure| failure.0.errors.is_empty());
    view! {
        <Entrance title="Verify your address" text="Show that the letter reached you.">
            <Show
                when=is_done
                fallback=move || {
                    view! {
                        <ActionForm action>
                            <div class="flex flex-col gap-5">
                                {move || other().map(|failure| view! { <FailureNotice failure /> })}
                                <Show when=of_token>
                                    <Notice tone=Tone::Bad title="This link does not work any more">
                                        "It works once, for two days. Ask for another letter on the page of your account."
                                    </Notice>
                                </Show>
                                <input type="hidden" name="token" value=token />
                                <Button kind=ButtonKind::Primary submits=true busy=action.pending()>
                                    "This address is mine"
                                </Button>
                            </div>
                        </ActionForm>
                    }
                }
            >
                <Notice tone=Tone::Good title="The address is verified">
                    "You can close this page, or sign in."
                </Notice>
            </Show>
            <BackToSignIn />
        </Entrance>
    }
}
