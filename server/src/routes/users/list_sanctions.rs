//! `GET users/{id}/sanctions`

use api::{AccountId, List, moderation::SanctionView, right};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List what moderators did about an account
#[utoipa::path(
    get,
    path = "/users/{id}/sanctions",
    tag = "People",
    operation_id = "users_list_sanctions",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The sanctions, newest first", body = List<SanctionView>), Failures)
)]
pub(crate) async fn list_sanctions(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Path(id): Path<AccountId>,
) -> Result<axum::Json<List<SanctionView>>, Refusal> {
    let reply = domain::moderation::history(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
