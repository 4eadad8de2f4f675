//! `GET characters`

use api::{
    List,
    character::{CharacterFilter, CharacterView},
    right,
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List characters
#[utoipa::path(
    get,
    path = "/characters",
    tag = "Characters",
    operation_id = "characters_list",
    params(CharacterFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Your characters, oldest first; or everybody's, newest first", body = List<CharacterView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
    Query(filter): Query<CharacterFilter>,
) -> Result<axum::Json<List<CharacterView>>, Refusal> {
    let reply = domain::characters::list(&domain, &actor, filter).await?;
    Ok(axum::Json(reply))
}
