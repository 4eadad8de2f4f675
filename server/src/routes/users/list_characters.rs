//! `GET users/{id}/characters`

use api::{AccountId, List, character::CharacterView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List the characters of an account
#[utoipa::path(
    get,
    path = "/users/{id}/characters",
    tag = "People",
    operation_id = "users_list_characters",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The characters, oldest first", body = List<CharacterView>), Failures)
)]
pub(crate) async fn list_characters(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Path(id): Path<AccountId>,
) -> Result<axum::Json<List<CharacterView>>, Refusal> {
    let reply = domain::users::list_characters(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
