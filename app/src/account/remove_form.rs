//! Doing without a second factor again.

use leptos::prelude::*;

use super::{password_panel::secret, remove_second_factor::remove_second_factor, second_factor_panel::Stage};
use crate::{
    Failure,
    components::{
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        notice::FailureNotice,
        toast::use_toasts,
    },
};

/// Asks for both the password and a code.
#[component]
pub(super) fn RemoveForm(stage: RwSignal<Stage>) -> impl IntoView {
    let toasts = use_toasts();
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let refusal = RwSignal::new(None::<Failure>);
    let remove = Action::new_local(move |(password, code): &(String, String)| {
        let (password, code) = (password.clone(), code.clone());
        async move {
            let _ = refusal.try_set(None);
            match remove_second_factor(password, code).await {
                Ok(()) => {
                    toasts.tell("The second factor is gone, and so are its recovery codes");
                    let _ = stage.try_set(Stage::Off);
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                }
            }
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let code = code.with_untracked(|code| code.trim().to_owned());
        remove.dispatch_local((password.get_untracked(), code));
    };
    view! {
        <form class="flex flex-col gap-4" on:submit=submit>
            <p class="text-ink-muted">
                "From then on the password alone signs you in. The authenticator’s entry and the recovery codes become worthless."
            </p>
            {move || refusal.get().map(|failure| view! { <FailureNotice failure /> })}
            <TextField
                id="remove-password"
                label="Your password"
                name="password"
                entry=secret("current-password")
                value=password
            />
            <TextField
                id="remove-code"
                label="A code"
                name="code"
                hint="The six digits of your authenticator, or a recovery code."
                entry=Entry {
                    autocomplete: Some("one-time-code"),
                    required: true,
                    max_length: Some(32),
                    ..Entry::default()
                }
                value=code
            />
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Danger submits=true busy=remove.pending()>
                    "Remove the second factor"
                </Button>
                <Button on_click=move |_| stage.set(Stage::On)>"Keep it"</Button>
            </div>
        </form>
    }
}
