//! A request's id, its log lines and its measurements.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use api::RequestId;
use http::{HeaderName, HeaderValue};
use metrics::{counter, gauge, histogram};
use tracing::{Instrument as _, Level};
use uuid::Uuid;

use crate::observing::names;

/// Carries the id in both directions.
pub(crate) const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request at hand, among the request's extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThisRequest(pub(crate) RequestId);

/// Wraps a request in its span; counts it; tells its id to whoever asked.
pub(crate) async fn follow(mut request: Request, next: Next) -> Response {
    let id = id_of(&request);
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = method_label(request.method());
    request.extensions_mut().insert(ThisRequest(id));
    let span = tracing::info_span!("request", request_id = %id, method, route);

    let arrived = Instant::now();
    let in_flight = InFlight::begin();
    let mut response = next.run(request).instrument(span.clone()).await;
    drop(in_flight);

    let took = arrived.elapsed();
    let status = response.status();
    counter!(names::HTTP_REQUESTS, "method" => method, "route" => route.clone(), "status" => status.as_str().to_owned())
        .increment(1);
    histogram!(names::HTTP_DURATION, "method" => method, "route" => route).record(took);
    span.in_scope(|| {
        let (status, took_us) = (status.as_u16(), u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        if status >= 500 {
            tracing::event!(Level::WARN, status, took_us, "request failed");
        } else {
            tracing::event!(Level::DEBUG, status, took_us, "request answered");
        }
    });
    let id = HeaderValue::from_str(&id.to_string()).expect("a UUID is printable");
    response.headers_mut().insert(REQUEST_ID_HEADER, id);
    response
}

/// The caller's id if it sent a UUID, so that one id can be followed across services; a new one otherwise.
fn id_of(request: &Request) -> RequestId {
    let sent = request.headers().get(REQUEST_ID_HEADER).and_then(|value| value.to_str().ok()?.parse::<Uuid>().ok());
    RequestId::from_uuid(sent.unwrap_or_else(Uuid::now_v7))
}

/// Anyone may invent a method; a label must not grow with it.
fn method_label(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Counts a request for as long as it is worked on, also when its caller hangs up.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        gauge!(names::HTTP_IN_FLIGHT).increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(names::HTTP_IN_FLIGHT).decrement(1);
    }
}
