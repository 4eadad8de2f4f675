//! A JSON body. What is wrong with it is told by field.

use api::{FieldError, Problem, ProblemKind};
use axum::extract::{FromRequest, Request, rejection::BytesRejection};
use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use crate::edge::Refusal;

/// The body, read as `T`. Whether its values make sense is the use case's to say.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if !is_json(request.headers()) {
            let detail = "send the body as `Content-Type: application/json`";
            return Err(Refusal::new(ProblemKind::UnsupportedMediaType, detail));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| unreadable(&rejection))?;
        read(&body).map(Self).map_err(Refusal::from)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn unreadable(rejection: &BytesRejection) -> Refusal {
    if rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::new(ProblemKind::TooLarge, "the body is larger than this server reads")
    } else {
        Refusal::new(ProblemKind::InvalidRequest, "the body ended early")
    }
}

/// How deep a body's arrays and objects may stand in one another. No request of ours needs more than a few.
const DEPTH_MAX: usize = 32;

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if depth(body) > DEPTH_MAX {
        let detail = format!("the body is nested more than {DEPTH_MAX} deep");
        return Err(Problem::new(ProblemKind::InvalidRequest, detail));
    }
    // Serde would read an array as the fields of an object in their order.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        let detail = "the body is an array; send an object".to_owned();
        return Err(Problem::new(ProblemKind::InvalidRequest, detail));
    }
    let mut text = serde_json::Deserializer::from_slice(body);
    let refuse = |path: &str, error: &serde_json::Error| {
        let message = error.to_string();
        if !error.is_data() {
            return Problem::new(ProblemKind::InvalidRequest, format!("the body is no JSON: {message}"));
        }
        // An unknown or a missing field is named by the message, not by the path, which ends at the object around it.
        let named = message.split('`').nth(1).filter(|_| message.contains("field `"));
        let field = match (path, named) {
            (".", Some(named)) => named.to_owned(),
            (path, Some(named)) if !path.ends_with(named) => format!("{path}.{named}"),
            (path, _) => path.to_owned(),
        };
        let mut problem = Problem::new(ProblemKind::InvalidRequest, format!("{field}: {message}"));
        problem.errors.push(FieldError { field, message });
        problem
    };
    let value = serde_path_to_error::deserialize(&mut text)
        .map_err(|error| refuse(&error.path().to_string(), error.inner()))?;
    text.end().map_err(|error| refuse(".", &error))?;
    Ok(value)
}

/// The most brackets that are open at once, outside of texts.
fn depth(body: &[u8]) -> usize {
    let (mut open, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                open += 1;
                deepest = deepest.max(open);
            }
            b']' | b'}' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use api::auth::LoginRequest;

    use super::*;

    fn refusal(body: &str) -> Problem {
        read::<LoginRequest>(body.as_bytes()).expect_err("should be refused")
    }

    #[test]
    fn the_field_is_named_whatever_is_wrong_with_it() {
        for (body, field) in [
            (r#"{"email": 5, "password": "x"}"#, "email"),
            (r#"{"email": "a@b.c"}"#, "password"),
            (r#"{"email": "a@b.c", "password": "x", "pasword": 1}"#, "pasword"),
        ] {
            let problem = refusal(body);
            assert_eq!(problem.errors.first().map(|error| error.field.as_str()), Some(field), "{problem:?}");
        }
    }

    #[test]
    fn a_body_is_nested_only_so_deep() {
        assert_eq!(depth(br#"{"a": ["[[[", "\"[[", {"b": []}]}"#), 4);
        let deep = format!("{}{}", "[".repeat(DEPTH_MAX + 1), "]".repeat(DEPTH_MAX + 1));
        assert!(refusal(&deep).detail.contains("nested"));
    }

    #[test]
    fn fields_have_names_and_no_order() {
        let problem = refusal(r#" ["a@b.c", "x"]"#);
        assert!(problem.detail.contains("send an object"), "{problem:?}");
    }

    #[test]
    fn a_body_that_is_no_json_names_no_field() {
        for body in ["", "{", "nope", r#"{"email":"a","password":"b"} x"#] {
            let problem = refusal(body);
            assert!(problem.errors.is_empty() && problem.kind == ProblemKind::InvalidRequest, "{problem:?}");
        }
    }
}
