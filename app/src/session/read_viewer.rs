//! Asks who is signed in.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::viewer::Viewer;
use crate::Failure;

/// The signed-in viewer; none for a visitor.
#[server(prefix = "/api/ui", endpoint = "session/viewer", input = GetUrl)]
pub(crate) async fn read_viewer() -> Result<Option<Viewer>, Failure> {
    let (domain, actor) = crate::caller::caller();
    // A look that has ended would still keep its staff from changing anything.
    if actor.impersonator.is_none() && super::cookie::has_look() {
        super::cookie::clear_look();
    }
    match domain::accounts::me(&domain, &actor).await {
        Ok(account) => Ok(Some(Viewer { account, server_time: domain.now() })),
        Err(domain::Error::Unauthenticated) => Ok(None),
        Err(error) => Err(crate::caller::refuse(error)),
    }
}
