//! Saves the draft.

use api::recipe::RecipeDraft;
use grid::WorldId;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// Keeps the text as the draft; refused if somebody else saved since `revision`.
#[server(prefix = "/api/ui", endpoint = "studio/save-draft", input = Json)]
pub(crate) async fn save_draft(world: WorldId, yaml: String, revision: u32) -> Result<RecipeDraft, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::EditRecipes>()?;
    let request = api::recipe::SaveDraftRequest { yaml, revision };
    domain::recipes::save_draft(&domain, &actor, world, request).await.map_err(crate::caller::refuse)
}
