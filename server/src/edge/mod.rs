//! What every request passes on its way in, and every answer on its way out.
//!
//! From the outside in: [`arrival`] gives the request its id, its log lines and its measurements; a panic becomes a
//! `500`; [`headers`] tell browsers what they may do with the answer; requests from other origins that could change
//! something are refused; bodies, time and the number of requests at work are bounded; what was begun is done to its end.

mod arrival;
pub(crate) mod headers;
mod limits;
mod origin;
pub(crate) mod problem;
mod proxies;

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _, predicate::NotForContentType},
    csrf::ConfigError,
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};
use tracing::Instrument as _;

pub(crate) use self::{
    headers::BehindTls,
    limits::{Found, Limits},
    origin::AllowedOrigins,
    problem::Refusal,
    proxies::Proxies,
};
use crate::config::HttpSettings;

/// Bounds what requests may cost and do. For routes that answer and are done, not for sockets.
///
/// # Errors
///
/// If an allowed origin can't be one.
pub(crate) fn bound(
    routes: Router,
    settings: &HttpSettings,
    origins: &AllowedOrigins,
) -> Result<Router, ConfigError> {
    let time_limit = Duration::from_millis(settings.request_timeout_ms);
    Ok(routes
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(settings.body_bytes_max))
        .layer(middleware::from_fn(see_through))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time_limit))
        .layer(GlobalConcurrencyLimitLayer::new(settings.requests_in_flight_max))
        .layer(origins.guard_unsafe_methods()?)
        .layer(CatchPanicLayer::new()))
}

/// What may change something goes on to its end, whether or not whoever asked for it still listens: a deed without its audit
/// entry, or without those being told who have to know, must not be had by hanging up.
async fn see_through(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only when the whole process stops.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

/// Makes answers smaller. The last layer that touches bodies: whoever rewrites one has to see it as it was written.
///
/// Not WASM: a site that ships has it compressed already, and to do so for each request takes longer than to send it.
pub(crate) fn compress(routes: Router) -> Router {
    let rule = DefaultPredicate::new().and(NotForContentType::const_new("application/wasm"));
    routes.layer(CompressionLayer::new().compress_when(rule))
}

/// Finds out who asks, and counts. For routes that answer and are done, not for sockets, which have budgets of their own.
pub(crate) fn count(routes: Router, limits: Limits) -> Router {
    routes.layer(middleware::from_fn_with_state(limits, limits::admit))
}

/// Follows every request, sockets' too, and tells browsers what they may do with the answers.
pub(crate) fn follow(routes: Router, proxies: Proxies, behind_tls: BehindTls) -> Router {
    routes
        .layer(middleware::from_fn_with_state(behind_tls, headers::lay_on))
        .layer(middleware::from_fn_with_state(proxies, arrival::follow))
}
