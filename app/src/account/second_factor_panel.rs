//! The second factor: setting it up step by step, and doing without it again.

use leptos::prelude::*;

use super::{
    password_panel::secret, recovery_codes::KeepCodes, remove_form::RemoveForm, scan_form::ScanForm,
    set_up_second_factor::set_up_second_factor, setting_up::SettingUp,
};
use crate::{
    Failure,
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        field::TextField,
        notice::FailureNotice,
        panel::Panel,
    },
};

/// How far the viewer has come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    /// There is none.
    Off,
    /// The password is asked for.
    Asks,
    /// The authenticator is to learn the secret, and to show a first code.
    Scans(Box<SettingUp>),
    /// The recovery codes are to be kept.
    Keeps(Vec<String>),
    /// It is asked for at the sign-in.
    On,
    /// It is to be removed.
    Removes,
}

/// What is there, and the next step.
#[component]
pub(super) fn SecondFactorPanel(
    /// Whether there is one already.
    present: bool,
    /// Whether the viewer may do more once there is one.
    must_reload: bool,
) -> impl IntoView {
    let stage = RwSignal::new(if present { Stage::On } else { Stage::Off });
    let is_on =
        Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Keeps(_) | Stage::On | Stage::Removes)));
    let tone = Signal::derive(move || if is_on.get() { Tone::Good } else { Tone::Warn });
    let badge = view! { <Badge tone>{move || if is_on.get() { "On" } else { "Off" }}</Badge> };
    view! {
        <Panel
            id="second-factor"
            title="Second factor"
            text="A code of an authenticator on your phone, beside the password."
            actions=badge.into_any()
        >
            {move || match stage.get() {
                Stage::Off => view! { <Begin stage /> }.into_any(),
                Stage::Asks => view! { <AskPassword stage /> }.into_any(),
                Stage::Scans(setting_up) => view! { <ScanForm setting_up=*setting_up stage /> }.into_any(),
                Stage::Keeps(codes) => view! { <KeepCodes codes stage must_reload /> }.into_any(),
                Stage::On => view! { <Present stage /> }.into_any(),
                Stage::Removes => view! { <RemoveForm stage /> }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn Begin(stage: RwSignal<Stage>) -> impl IntoView {
    view! {
        <p class="mb-4 text-ink-muted">
            "Whoever learns your password can sign in as you. With a second factor they need your phone, too."
        </p>
        <Button kind=ButtonKind::Primary on_click=move |_| stage.set(Stage::Asks)>
            "Set up a second factor"
        </Button>
    }
}

#[component]
fn AskPassword(stage: RwSignal<Stage>) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<Failure>);
    let begin = Action::new_local(move |password: &String| {
        let password = password.clone();
        async move {
            match set_up_second_factor(password).await {
                Ok(setting_up) => {
                    let _ = stage.try_set(Stage::Scans(Box::new(setting_up)));
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                }
            }
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        begin.dispatch_local(password.get_untracked());
    };
    view! {
        <form class="flex flex-col gap-4" on:submit=submit>
            {move || refusal.get().map(|failure| view! { <FailureNotice failure /> })}
            <TextField
                id="factor-password"
                label="Your password"
                name="password"
                hint="So that nobody who only found this page open can take the account over."
                entry=secret("current-password")
                value=password
            />
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Primary submits=true busy=begin.pending()>
                    "Go on"
                </Button>
                <Button on_click=move |_| stage.set(Stage::Off)>"Leave it"</Button>
            </div>
        </form>
    }
}

#[component]
fn Present(stage: RwSignal<Stage>) -> impl IntoView {
    view! {
        <p class="mb-4 text-ink-muted">
            "You are asked for a code at each sign-in. A recovery code works once instead of the phone’s."
        </p>
        <Button on_click=move |_| stage.set(Stage::Removes)>"Remove it, or set it up anew"</Button>
    }
}
