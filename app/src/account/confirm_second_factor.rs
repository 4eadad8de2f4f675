//! Makes a second factor count.

use api::credential::RecoveryCodes;
use leptos::prelude::*;

use crate::Failure;

/// Makes the second factor count if the code is right. The recovery codes are told this once.
#[server(prefix = "/api/ui", endpoint = "account/confirm-second-factor")]
pub(crate) async fn confirm_second_factor(code: String) -> Result<RecoveryCodes, Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::ConfirmTotpRequest { code };
    domain::second_factor::confirm(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
