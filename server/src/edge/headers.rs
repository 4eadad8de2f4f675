//! What browsers may do with an answer.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// For answers that are no pages: nothing in them is ever run or shown.
const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'";

/// For installations behind TLS: browsers come by TLS alone from now on, for a year.
const TLS_ALONE: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Whether browsers come by TLS.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BehindTls(pub(crate) bool);

/// Lays the headers on that every answer has. What a page sets itself (its Content-Security-Policy) stays.
pub(crate) async fn lay_on(
    State(BehindTls(behind_tls)): State<BehindTls>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, NOTHING_RUNS),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if behind_tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TLS_ALONE);
    }
    response
}

/// The policy of a page whose inline scripts and styles carry `nonce`.
///
/// `reloading` adds the development loop's reload socket, which listens on a port of its own.
pub(crate) fn page_policy(nonce: &str, reloading: bool) -> String {
    let reload_socket = if reloading { " ws://localhost:* ws://127.0.0.1:*" } else { "" };
    [
        "default-src 'self'",
        // WebAssembly counts as script.
        &format!("script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'"),
        &format!("style-src 'self' 'nonce-{nonce}'"),
        // Server rendering writes `style:` bindings as attributes, which can't carry a nonce.
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        &format!("connect-src 'self'{reload_socket}"),
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    .join("; ")
}
