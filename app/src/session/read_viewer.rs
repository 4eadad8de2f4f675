//! Asks who is signed in.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::viewer::Viewer;
use crate::Failure;

/// The signed-in viewer; none for a visitor.
#[server(prefix = "/api/ui", endpoint = "session/viewer", input = GetUrl)]
pub(crate) async fn read_viewer() -> Result<Option<Viewer>, Failure> {
    let (domain, actor) = crate::caller::caller();
    if actor.account.is_none() {
        return Ok(None);
    }
    let account = domain::accounts::me(&domain, &actor).await.map_err(crate::caller::refuse)?;
    Ok(Some(Viewer { account, server_time: domain.now() }))
}
