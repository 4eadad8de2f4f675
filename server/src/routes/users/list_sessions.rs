//! `GET users/{id}/sessions`

use api::{AccountId, List, right, session::SessionView};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path},
    routes::answers::Failures,
};

/// List the sign-ins of an account
#[utoipa::path(
    get,
    path = "/users/{id}/sessions",
    tag = "People",
    operation_id = "users_list_sessions",
    params(("id" = uuid::Uuid, Path, description = "The account")),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The sign-ins that are not over, newest first", body = List<SessionView>), Failures)
)]
pub(crate) async fn list_sessions(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Path(id): Path<AccountId>,
) -> Result<axum::Json<List<SessionView>>, Refusal> {
    let reply = domain::users::list_sessions(&domain, &actor, id).await?;
    Ok(axum::Json(reply))
}
