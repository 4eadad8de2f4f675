//! Ends one of the viewer's sign-ins.

use grid::SessionId;
use leptos::prelude::*;

use crate::Failure;

/// Ends one of the viewer's sign-ins.
#[server(prefix = "/api/ui", endpoint = "account/end-session")]
pub(crate) async fn end_session(session: SessionId) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::sessions::revoke(&domain, &actor, session).await.map_err(crate::caller::refuse)
}
