//! Throws the draft away.

use grid::WorldId;
use leptos::prelude::*;

use crate::Failure;

/// Throws the draft of a world's recipe away; versions stay.
#[server(prefix = "/api/ui", endpoint = "studio/discard-draft")]
pub(crate) async fn discard_draft(world: WorldId) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::EditRecipes>()?;
    domain::recipes::discard_draft(&domain, &actor, world).await.map_err(crate::caller::refuse)
}
