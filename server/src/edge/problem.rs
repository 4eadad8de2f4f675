//! Errors on their way out: `application/problem+json` for all of REST.

use api::{Problem, ProblemKind};
use axum::{
    Router,
    body::{self, Body},
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use domain::Arrival;
use http::{HeaderValue, StatusCode, header};

/// Media type of every error of REST.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// Most of a plain-text error that is kept as the detail of a problem.
const DETAIL_BYTES_MAX: usize = 1_024;

/// A [`Problem`] as the error of a handler.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Problem>);

impl Refusal {
    /// A problem of `kind`, with a sentence about this occurrence.
    pub(crate) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Problem::new(kind, detail).into()
    }
}

impl<E: Into<Problem>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(Box::new(error.into()))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = *self.0;
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = serde_json::to_string(&problem).expect("a problem has no keys but strings");
        let mut response = (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = problem.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(problem);
        response
    }
}

/// Gives every error of REST the same form and the request's id: those of handlers, and the bare ones of the router
/// and its layers (no such path, wrong method, too large, too slow).
pub(crate) fn in_one_form(routes: Router) -> Router {
    routes.layer(middleware::from_fn(form))
}

async fn form(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<Arrival>().map(|arrival| arrival.request_id);
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let mut problem = match parts.extensions.remove::<Problem>() {
        Some(problem) => problem,
        None => told_by_status(status, body).await,
    };
    problem.request_id = id;
    let mut response = Refusal::from(problem).into_response();
    for (name, value) in &parts.headers {
        if !matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH) {
            response.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    response
}

/// The problem behind a bare status.
async fn told_by_status(status: StatusCode, body: Body) -> Problem {
    let told = body::to_bytes(body, DETAIL_BYTES_MAX).await.unwrap_or_default();
    let told = String::from_utf8_lossy(&told).into_owned();
    let (kind, detail) = match status {
        StatusCode::NOT_FOUND => (ProblemKind::NotFound, "there is nothing at this path".to_owned()),
        StatusCode::METHOD_NOT_ALLOWED => {
            (ProblemKind::MethodNotAllowed, "the `Allow` header lists what this path takes".to_owned())
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            (ProblemKind::TooLarge, "the body is larger than this server reads".to_owned())
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (ProblemKind::UnsupportedMediaType, told),
        StatusCode::UNAUTHORIZED => (ProblemKind::Unauthenticated, told),
        StatusCode::FORBIDDEN => (ProblemKind::Forbidden, told),
        StatusCode::CONFLICT => (ProblemKind::Conflict, told),
        StatusCode::TOO_MANY_REQUESTS => (ProblemKind::RateLimited, told),
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            (ProblemKind::Unavailable, "the request took longer than this server allows".to_owned())
        }
        status if status.is_client_error() => (ProblemKind::InvalidRequest, told),
        _ => (ProblemKind::Internal, "the request id finds the cause in the server's log".to_owned()),
    };
    Problem::new(kind, detail)
}
