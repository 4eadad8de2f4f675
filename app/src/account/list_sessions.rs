//! Asks for the viewer's sign-ins.

use api::{List, session::SessionView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The viewer's sign-ins that are not over, the newest first.
#[server(prefix = "/api/ui", endpoint = "account/sessions", input = GetUrl)]
pub(crate) async fn list_sessions() -> Result<List<SessionView>, Failure> {
    let (domain, actor) = crate::caller::caller();
    domain::sessions::list(&domain, &actor).await.map_err(crate::caller::refuse)
}
