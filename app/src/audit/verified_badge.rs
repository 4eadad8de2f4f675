//! Whether the log is as it was written.

use api::{ProblemKind, audit::AuditVerification};
use leptos::prelude::*;

use super::verify_log::verify_log;
use crate::{
    Failure,
    components::{
        badge::{Badge, Tone},
        button::Button,
        notice::{FailureNotice, Notice},
    },
    format,
};

/// Has the whole chain verified as soon as the page is awake, and again on request.
#[component]
pub(super) fn VerifiedBadge(
    /// Set to what was found.
    found: RwSignal<Option<Result<AuditVerification, Failure>>>,
) -> impl IntoView {
    let verify = Action::new_local(move |(): &()| async move {
        let _ = found.try_set(None);
        let answer = verify_log().await;
        let _ = found.try_set(Some(answer));
    });
    Effect::new(move |_| {
        verify.dispatch_local(());
    });
    let state = Memo::new(move |_| {
        found.with(|found| match found {
            None => (Tone::Info, "Verifying…".to_owned()),
            Some(Ok(found)) if found.intact => {
                (Tone::Good, format!("Verified: {} entries", format::count(found.entries.unsigned_abs())))
            }
            Some(Ok(_)) => (Tone::Bad, "Broken".to_owned()),
            Some(Err(failure)) if failure.kind() == ProblemKind::Conflict => {
                (Tone::Neutral, "Being verified by somebody else".to_owned())
            }
            Some(Err(_)) => (Tone::Warn, "Not verified".to_owned()),
        })
    });
    let tone = Signal::derive(move || state.get().0);
    view! {
        <span aria-live="polite" data-testid="verified">
            <Badge tone lively=Signal::derive(move || found.read().is_none())>
                {move || state.get().1}
            </Badge>
        </span>
        <Button busy=verify.pending() on_click=move |_| { verify.dispatch_local(()); }>
            "Verify again"
        </Button>
    }
}

/// What does not fit, where something does not.
#[component]
pub(super) fn Finding(found: RwSignal<Option<Result<AuditVerification, Failure>>>) -> impl IntoView {
    move || match found.get() {
        Some(Ok(AuditVerification { intact: false, finding, entries, .. })) => {
            let finding = finding.unwrap_or_default();
            Some(
                view! {
                    <div class="mb-4">
                        <Notice tone=Tone::Bad title="The log is not as it was written">
                            <p class="break-words">{finding}</p>
                            <p>
                                {format!(
                                    "The first {} entries fit. Keep the database and the signed heads as they are, and find out who could write to them.",
                                    format::count(entries.unsigned_abs()),
                                )}
                            </p>
                        </Notice>
                    </div>
                }
                .into_any(),
            )
        }
        Some(Err(failure)) if failure.kind() != ProblemKind::Conflict => {
            Some(view! { <div class="mb-4"><FailureNotice failure /></div> }.into_any())
        }
        _ => None,
    }
}
