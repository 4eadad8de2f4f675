//! Signs out everywhere else.

use leptos::prelude::*;

use crate::Failure;

/// Ends all of the viewer's sign-ins but this one.
#[server(prefix = "/api/ui", endpoint = "account/end-other-sessions")]
pub(crate) async fn end_other_sessions() -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::sessions::revoke_others(&domain, &actor).await.map_err(crate::caller::refuse)
}
