//! The operations address: `/metrics`, `/health/live`, `/health/ready`.

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Domain;
use http::{StatusCode, header};
use metrics::gauge;

use super::{Exposition, names};

/// The version of the text format that Prometheus asks for.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What machines ask.
pub(crate) fn router(domain: Domain, metrics: Exposition) -> Router {
    Router::new()
        .route("/metrics", get(expose))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .with_state(Ops { domain, metrics })
}

#[derive(Clone)]
struct Ops {
    domain: Domain,
    metrics: Exposition,
}

async fn expose(State(ops): State<Ops>) -> Response {
    gauge!(names::READY).set(if ops.domain.health().is_ready() { 1.0 } else { 0.0 });
    ([(header::CONTENT_TYPE, TEXT_FORMAT)], ops.metrics.render()).into_response()
}

/// A restart would not help as long as this answers.
async fn live() -> &'static str {
    "live\n"
}

/// Whether requests should be sent here, and which part is ill since when.
async fn ready(State(ops): State<Ops>) -> Response {
    let view = ops.domain.health().view();
    let status = if view.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(view)).into_response()
}
