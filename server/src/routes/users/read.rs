//! `GET users/{id}`

use api::{AccountId, right, user::UserView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// Read an account
#[utoipa::path(
    get,
    path = "/users/{id}",
    tag = "People",
    operation_id = "users_read",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The account", body = UserView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Path(id): Path<AccountId>,
) -> Result<axum::Json<UserView>, Refusal> {
    let reply = domain::users::get(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
