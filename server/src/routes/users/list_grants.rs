//! `GET users/{id}/grants`

use api::{AccountId, List, right, role::GrantView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List the roles that an account was given beside its own
#[utoipa::path(
    get,
    path = "/users/{id}/grants",
    tag = "People",
    operation_id = "users_list_grants",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The grants, past and present, newest first", body = List<GrantView>), Failures)
)]
pub(crate) async fn list_grants(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Path(id): Path<AccountId>,
) -> Result<axum::Json<List<GrantView>>, Refusal> {
    let reply = domain::grants::list(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
