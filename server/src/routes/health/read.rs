//! `GET health`

use api::{health::HealthView, right};
use axum::extract::State;
use domain::Domain;

use crate::{extract::Allowed, routes::answers::Failures};

/// Tell which part of the server is well, and since when
#[utoipa::path(
    get,
    path = "/health",
    tag = "Health",
    operation_id = "health_read",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The parts", body = HealthView), Failures)
)]
pub(crate) async fn read(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewHealth>,
) -> axum::Json<HealthView> {
    axum::Json(domain::health::read(&domain, &actor))
}
