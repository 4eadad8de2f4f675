//! Asks for the draft of a world's recipe.

use api::recipe::RecipeDraft;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The draft, if there is one.
#[server(prefix = "/api/ui", endpoint = "studio/draft", input = GetUrl)]
pub(crate) async fn read_draft(world: WorldId) -> Result<Option<RecipeDraft>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewRecipes>()?;
    domain::recipes::read_draft(&domain, &actor, world).await.map_err(crate::caller::refuse)
}
