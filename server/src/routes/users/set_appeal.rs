//! `PUT users/{id}/sanctions/{sanction}/appeal`

use api::{
    AccountId,
    moderation::{AppealRequest, SanctionView},
    right,
};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Json, Path},
    routes::answers::Failures,
};

/// Note where the appeal against a sanction stands
#[utoipa::path(
    put,
    path = "/users/{id}/sanctions/{sanction}/appeal",
    tag = "People",
    operation_id = "users_set_appeal",
    params(
        ("id" = uuid::Uuid, Path, description = "The account"),
        ("sanction" = uuid::Uuid, Path, description = "The sanction")
    ),
    request_body = AppealRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The sanction; a granted appeal lifts it", body = SanctionView), Failures)
)]
pub(crate) async fn set_appeal(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ModeratePlayers>,
    Path((id, sanction)): Path<(AccountId, Uuid)>,
    Json(request): Json<AppealRequest>,
) -> Result<axum::Json<SanctionView>, Refusal> {
    let reply = domain::moderation::appeal(&domain, &actor, id, sanction, request).await?;
    Ok(axum::Json(reply))
}
