//! The page of those who forgot their password.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

use super::{
    DONE,
    entrance::{BackToSignIn, Entrance},
    forget_password::ForgetPassword,
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

on_demand!(pub(crate) ForgotRoute => ForgotPage, in letters);

/// Asks for the address that the letter goes to.
#[component]
fn ForgotPage() -> impl IntoView {
    let action = ServerAction::<ForgetPassword>::new();
    let refusal = move || action.value().get().and_then(Result::err);
    let query = use_query_map();
    let is_sent = move || {
        action.value().read().as_ref().is_some_and(Result::is_ok) || query.read().get_str(DONE).is_some()
    };
    view! {
        <Entrance title="Forgot your password?" text="We send a letter with a link to the address of your account.">
            <Show
                when=is_sent
                fallback=move || {
                    view! {
                        <ActionForm action>
                            <div class="flex flex-col gap-5">
                                {move || refusal().map(|failure| view! { <FailureNotice failure /> })}
                                <TextField
                                    id="email"
                                    label="E-mail"
                                    name="email"
                                    entry=Entry {
                                        kind: Some("email"),
                                        autocomplete: Some("username"),
                                        required: true,
                                        max_length: Some(254),
                                        ..Entry::default()
                                    }
                                />
                                <Button kind=ButtonKind::Primary submits=true busy=action.pending()>
                                    "Send the letter"
                                </Button>
                            </div>
                        </ActionForm>
                    }
                }
            >
                <Notice tone=Tone::Good title="Look into your mailbox">
                    "If there is an account of that address, a letter is on its way. Its link works once, for half an hour."
                </Notice>
            </Show>
            <BackToSignIn />
        </Entrance>
    }
}
