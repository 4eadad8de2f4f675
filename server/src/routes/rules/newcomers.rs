//! `GET rules/newcomers`

use api::right;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// The program may be renewed at any time, so a copy is good only as long as the server says so.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Read what making a character needs
///
/// Classes, races, backgrounds, features, ordinary items and spells of the first level, as `rules` reads them: a client that
/// has the crate works out the same sheet from them as the server. The ETag changes with the content.
#[utoipa::path(
    get,
    path = "/rules/newcomers",
    tag = "Rules",
    operation_id = "rules_newcomers",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = OK, description = "The content", body = Object),
        (status = NOT_MODIFIED, description = "The content that `If-None-Match` names is the present one"),
        Failures
    )
)]
pub(crate) async fn newcomers(
    Allowed(actor): Allowed<right::ViewRules>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let document = domain::rules::newcomers(&actor)?;
    let etag = HeaderValue::from_str(&format!("\"{}\"", document.hash)).expect("a hash is hexadecimal");
    let kept = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, ASK_FIRST)];
    // A proxy that compressed the answer made the tag a weak one.
    let has_it = headers.get(header::IF_NONE_MATCH).and_then(|sent| sent.to_str().ok());
    if has_it.is_some_and(|sent| sent.trim_start_matches("W/").as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((kept, json, document.json.as_str()).into_response())
}
