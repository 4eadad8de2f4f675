//! Choosing another password.

use leptos::prelude::*;

use super::change_password::change_password;
use crate::{
    Failure,
    components::{
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        notice::FailureNotice,
        panel::Panel,
        toast::use_toasts,
    },
};

/// The fewest characters of a password, as `api::credential` has it.
const CHARS_MIN: usize = 12;

/// The present password, and twice the next one.
#[component]
pub(super) fn PasswordPanel() -> impl IntoView {
    let toasts = use_toasts();
    let present = RwSignal::new(String::new());
    let next = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Failure>);
    let change = Action::new_local(move |(present_one, next_one): &(String, String)| {
        let (present_one, next_one) = (present_one.clone(), next_one.clone());
        async move {
            let _ = refusal.try_set(None);
            match change_password(present_one, next_one).await {
                Ok(()) => {
                    toasts.tell("The password is changed. Your other sign-ins are over");
                    for field in [present, next, again] {
                        let _ = field.try_set(String::new());
                    }
                    let _ = tried.try_set(false);
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                }
            }
        }
    });
    let short = move || next.read().chars().count() < CHARS_MIN;
    let unlike = move || *next.read() != *again.read();
    let of_present = Signal::derive(move || {
        (tried.get() && present.read().is_empty()).then(|| "Type the present password.".to_owned())
    });
    let of_next = Signal::derive(move || {
        let refused = refusal.read().as_ref().and_then(|failure| failure.of_field("new_password"));
        refused.or_else(|| (tried.get() && short()).then(|| "At least 12 characters.".to_owned()))
    });
    let of_again = Signal::derive(move || {
        (tried.get() && unlike()).then(|| "This is not the same as above.".to_owned())
    });
    let other = move || refusal.get().filter(|failure| failure.of_field("new_password").is_none());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if !present.read_untracked().is_empty() && !untrack(short) && !untrack(unlike) {
            change.dispatch_local((present.get_untracked(), next.get_untracked()));
        }
    };
    view! {
        <Panel id="password" title="Password" text="Changing it ends all your other sign-ins.">
            <form class="flex flex-col gap-4" novalidate=true on:submit=submit>
                {move || other().map(|failure| view! { <FailureNotice failure /> })}
                <TextField
                    id="present-password"
                    label="Present password"
                    name="current_password"
                    entry=secret("current-password")
                    error=of_present
                    value=present
                />
                <TextField
                    id="next-password"
                    label="New password"
                    name="new_password"
                    hint="12 characters or more. A few words in a row are easy to keep in mind."
                    entry=secret("new-password")
                    error=of_next
                    value=next
                />
                <TextField
                    id="again-password"
                    label="New password, again"
                    name="again"
                    entry=secret("new-password")
                    error=of_again
                    value=again
                />
                <div>
                    <Button kind=ButtonKind::Primary submits=true busy=change.pending()>
                        "Change the password"
                    </Button>
                </div>
            </form>
        </Panel>
    }
}

/// A field for a password.
pub(super) const fn secret(autocomplete: &'static str) -> Entry {
    Entry {
        kind: Some("password"),
        autocomplete: Some(autocomplete),
        mode: None,
        required: true,
        max_length: Some(128),
    }
}
