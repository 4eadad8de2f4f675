//! `POST users/{id}/sanctions/{sanction}/lift`

use api::{AccountId, moderation::SanctionView, right, user::Reason};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Take a sanction back
#[utoipa::path(
    post,
    path = "/users/{id}/sanctions/{sanction}/lift",
    tag = "People",
    operation_id = "users_lift_sanction",
    params(
        ("id" = uuid::Uuid, Path, description = "The account"),
        ("sanction" = uuid::Uuid, Path, description = "The sanction")
    ),
    request_body = Reason,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The sanction", body = SanctionView), Failures)
)]
pub(crate) async fn lift_sanction(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ModeratePlayers>,
    Path((id, sanction)): Path<(AccountId, Uuid)>,
    Json(request): Json<Reason>,
) -> Result<axum::Json<SanctionView>, Refusal> {
    let reply = domain::moderation::lift(&domain, &actor, id, sanction, request).await?;
    Ok(axum::Json(reply))
}
