//! Begins to set a second factor up.

use leptos::prelude::*;

use super::setting_up::SettingUp;
use crate::Failure;

/// Gives the viewer a secret for their authenticator, to scan or to type. It does not count before a code was right.
#[server(prefix = "/api/ui", endpoint = "account/set-up-second-factor")]
pub(crate) async fn set_up_second_factor(password: String) -> Result<SettingUp, Failure> {
    let (domain, actor) = crate::caller::caller();
    let request = api::credential::SetUpTotpRequest { password };
    let begun =
        domain::second_factor::set_up(&domain, &actor, request).await.map_err(crate::caller::refuse)?;
    Ok(SettingUp { picture: super::qr_code::draw(&begun.url), begun })
}
