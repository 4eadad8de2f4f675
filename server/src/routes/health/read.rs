//! `GET health`

use api::health::HealthView;
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::SignedIn, routes::answers::Failures};

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
    SignedIn(actor): SignedIn,
) -> Result<axum::Json<HealthView>, Refusal> {
    let reply = domain::health::read(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
