//! A request's arrival: its id, where it comes from, its log lines and its measurements.

use std::{net::SocketAddr, time::Instant};

use api::RequestId;
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use domain::Arrival;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use metrics::{counter, gauge, histogram};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Proxies;
use crate::observing::names;

/// Carries the id in both directions.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Most of a program's name for itself that is kept.
const USER_AGENT_CHARS_MAX: usize = 200;

/// Wraps a request in its span; counts it; tells its id to whoever asked.
pub(crate) async fn follow(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let arrival = arrival_of(&request, &proxies);
    let id = arrival.request_id;
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = method_label(request.method());
    let span = tracing::info_span!("request", request_id = %id, method, route);
    request.extensions_mut().insert(arrival);

    let arrived = Instant::now();
    let in_flight = InFlight::begin();
    let mut response = next.run(request).instrument(span.clone()).await;
    drop(in_flight);

    let took = arrived.elapsed();
    let status = response.status();
    let status_label = status.as_str().to_owned();
    counter!(names::HTTP_REQUESTS, "method" => method, "route" => route.clone(), "status" => status_label)
        .increment(1);
    histogram!(names::HTTP_DURATION, "method" => method, "route" => route).record(took);
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), took_us, "request failed");
        } else {
            tracing::debug!(status = status.as_u16(), took_us, "request answered");
        }
    });
    let id = HeaderValue::from_str(&id.to_string()).expect("a UUID is printable");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

fn arrival_of(request: &Request, proxies: &Proxies) -> Arrival {
    let headers = request.headers();
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    Arrival {
        request_id: id_of(headers),
        address: peer.map(|peer| proxies.address_behind(peer, headers)),
        user_agent: user_agent.map(|name| name.chars().take(USER_AGENT_CHARS_MAX).collect()),
        reason: None,
    }
}

/// The caller's id if it sent a UUID, so that one id can be followed across programs; a new one otherwise.
fn id_of(headers: &HeaderMap) -> RequestId {
    let sent = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()?.parse::<Uuid>().ok());
    RequestId::from_uuid(sent.unwrap_or_else(Uuid::now_v7))
}

/// Anyone may invent a method; a label must not grow with it.
fn method_label(method: &Method) -> &'static str {
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
