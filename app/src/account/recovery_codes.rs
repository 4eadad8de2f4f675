//! The recovery codes, which are shown once.

use leptos::prelude::*;

use super::second_factor_panel::Stage;
use crate::components::{
    badge::Tone,
    button::{Button, ButtonKind},
    copy::CopyButton,
    notice::Notice,
};

/// The codes, a way to copy them, and the word that they are kept.
#[component]
pub(super) fn KeepCodes(
    codes: Vec<String>,
    stage: RwSignal<Stage>,
    /// Whether the viewer may do more from now on, so that the whole page has to be asked for again.
    must_reload: bool,
) -> impl IntoView {
    let all = codes.join("\n");
    let kept = move |_| {
        if must_reload {
            // A refusal leaves the page as it is.
            let _ = window().location().reload();
        }
        stage.set(Stage::On);
    };
    view! {
        <div class="flex flex-col gap-4">
            <Notice tone=Tone::Warn title="Keep these codes now">
                "They are shown this once. Each works one time instead of the authenticator’s, for when the phone is gone."
            </Notice>
            <ul class="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-control bg-sunken px-4 py-3 font-mono" data-testid="recovery-codes">
                {codes.into_iter().map(|code| view! { <li class="select-all">{code}</li> }).collect_view()}
            </ul>
            <div class="flex flex-wrap gap-2">
                <Button kind=ButtonKind::Primary on_click=kept>
                    "I have kept them"
                </Button>
                <CopyButton label="Copy all" value=Signal::stored(all) />
            </div>
        </div>
    }
}
