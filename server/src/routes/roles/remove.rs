//! `DELETE roles/{id}`

use api::{right, user::Reason};
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::answers::Failures,
};

/// Remove a role that nobody has
#[utoipa::path(
    delete,
    path = "/roles/{id}",
    tag = "People",
    operation_id = "roles_remove",
    params(("id" = uuid::Uuid, Path, description = "The role"), Reason),
    security(("bearer" = []), ("session" = [])),
    responses((status = NO_CONTENT, description = "The role is gone"), Failures)
)]
pub(crate) async fn remove(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ManageRoles>,
    Path(id): Path<Uuid>,
    Query(request): Query<Reason>,
) -> Result<StatusCode, Refusal> {
    domain::roles::remove(&domain, &actor, id, request).await?;
    Ok(StatusCode::NO_CONTENT)
}
