//! Teaching the authenticator the secret, and seeing that it has learnt it.

use leptos::prelude::*;

use super::{
    confirm_second_factor::confirm_second_factor,
    second_factor_panel::Stage,
    setting_up::{QrPicture, SettingUp},
};
use crate::{
    Failure,
    components::{
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        identifier::Identifier,
        notice::FailureNotice,
    },
};

/// Light modules around a code, so that cameras find its edge (ISO/IEC 18004).
const QUIET_ZONE: u32 = 4;

/// The picture to scan, the secret to type instead, and the field for the first code.
#[component]
pub(super) fn ScanForm(setting_up: SettingUp, stage: RwSignal<Stage>) -> impl IntoView {
    let SettingUp { begun, picture } = setting_up;
    let code = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<Failure>);
    let confirm = Action::new_local(move |code: &String| {
        let code = code.clone();
        async move {
            let _ = refusal.try_set(None);
            match confirm_second_factor(code).await {
                Ok(kept) => {
                    let _ = stage.try_set(Stage::Keeps(kept.codes));
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                }
            }
        }
    });
    let of_code = Signal::derive(move || {
        let refused = refusal.read().as_ref().and_then(|failure| failure.of_field("code"));
        refused.map(|_| {
            "This is not what the authenticator shows. Check its clock, and take the next code.".to_owned()
        })
    });
    let other = move || refusal.get().filter(|failure| failure.of_field("code").is_none());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        confirm.dispatch_local(code.with_untracked(|code| code.trim().to_owned()));
    };
    view! {
        <form class="flex flex-col gap-4" on:submit=submit>
            <div class="flex flex-wrap items-start gap-5">
                {picture.map(|picture| view! { <Picture picture /> })}
                <div class="min-w-44 flex-1 space-y-2">
                    <p class="text-ink-muted">"Scan this with an authenticator app, or type the secret into it."</p>
                    <Identifier label="Secret" value=Signal::stored(begun.secret) whole=true />
                    <a href=begun.url class="text-sm font-medium text-accent hover:underline" rel="external">
                        "Open it on this device"
                    </a>
                </div>
            </div>
            {move || other().map(|failure| view! { <FailureNotice failure /> })}
            <TextField
                id="first-code"
                label="The six digits that it shows"
                name="code"
                entry=Entry {
                    autocomplete: Some("one-time-code"),
                    mode: Some("numeric"),
                    required: true,
                    max_length: Some(8),
                    ..Entry::default()
                }
                error=of_code
                value=code
            />
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Primary submits=true busy=confirm.pending()>
                    "Confirm"
                </Button>
                <Button on_click=move |_| stage.set(Stage::Off)>"Leave it"</Button>
            </div>
        </form>
    }
}

/// Dark on light in both themes: not every camera reads a code the other way round.
#[component]
fn Picture(picture: QrPicture) -> impl IntoView {
    let side = picture.side + 2 * QUIET_ZONE;
    view! {
        <svg
            class="size-44 shrink-0 rounded-control border border-line"
            viewBox=format!("0 0 {side} {side}")
            role="img"
            aria-label="QR code with the secret of the second factor"
            shape-rendering="crispEdges"
            data-testid="qr"
        >
            <rect width=side height=side fill="#ffffff" />
            <path d=picture.path transform=format!("translate({QUIET_ZONE} {QUIET_ZONE})") fill="#000000" />
        </svg>
    }
}
