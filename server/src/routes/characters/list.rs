//! `GET characters`

use api::{List, character::CharacterView};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

/// List your characters
#[utoipa::path(
    get,
    path = "/characters",
    tag = "Characters",
    operation_id = "characters_list",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The characters, oldest first", body = List<CharacterView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
) -> Result<axum::Json<List<CharacterView>>, Refusal> {
    let reply = domain::characters::list(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
