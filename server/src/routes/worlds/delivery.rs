//! How terrain is sent: in four forms, with an `ETag`, and kept for ever by who names the terrain that it is of.

use std::fmt;

use api::{FieldError, Problem, ProblemKind};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// What an address with a fingerprint names never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
/// Without one it does, when another version of the recipe takes effect: who keeps it asks again, at the cost of a header.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// How terrain can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Bin,
    R16,
    Png,
}

/// Splits `-2.bin` into a coordinate and a form.
pub(super) fn parse_place(place: &str) -> Result<(i32, Form), Problem> {
    let (z, ending) = place.split_once('.').unwrap_or((place, "json"));
    let form = match ending {
        "json" => Form::Json,
        "bin" => Form::Bin,
        "r16" => Form::R16,
        "png" => Form::Png,
        _ => {
            return Err(refuse(format_args!(
                "no terrain ends in `.{ending}`: use .json, .bin, .r16 or .png"
            )));
        }
    };
    match z.parse() {
        Ok(z) => Ok((z, form)),
        Err(_) => Err(refuse(format_args!("expected a whole number of 32 bits"))),
    }
}

fn refuse(message: fmt::Arguments<'_>) -> Problem {
    let message = message.to_string();
    let mut problem = Problem::new(ProblemKind::InvalidRequest, format!("z: {message}"));
    problem.errors.push(FieldError { field: "z".to_owned(), message });
    problem
}

/// What a client needs to know to keep an answer.
pub(super) struct Keeping {
    etag: HeaderValue,
    rule: HeaderValue,
}

impl Keeping {
    /// For terrain of that hash in a world of that fingerprint. What is painted or told depends on more than the payload,
    /// so its tag names the fingerprint, too.
    ///
    /// # Errors
    /// The client wants terrain of another fingerprint.
    pub(super) fn of(
        form: Form,
        hash: &str,
        fingerprint: &str,
        wanted: Option<&str>,
    ) -> Result<Self, Problem> {
        if wanted.is_some_and(|wanted| wanted != fingerprint) {
            let detail = format!("the world's terrain is that of fingerprint {fingerprint}");
            return Err(Problem::new(ProblemKind::NotFound, detail));
        }
        let tag = match form {
            Form::Bin | Form::R16 => format!("\"{hash}\""),
            Form::Json | Form::Png => format!("\"{hash}-{fingerprint}\""),
        };
        let etag = HeaderValue::from_str(&tag).expect("hashes are hexadecimal");
        Ok(Self { etag, rule: if wanted.is_some() { FOR_EVER } else { ASK_AGAIN } })
    }

    /// That the client has it already, if so.
    pub(super) fn not_modified(&self, headers: &HeaderMap) -> Option<Response> {
        has(headers, &self.etag).then(|| (StatusCode::NOT_MODIFIED, self.headers()).into_response())
    }

    /// The answer, with what the client needs to keep it.
    pub(super) fn answer(&self, body: impl IntoResponse) -> Response {
        (self.headers(), body).into_response()
    }

    fn headers(&self) -> [(header::HeaderName, HeaderValue); 2] {
        [(header::ETAG, self.etag.clone()), (header::CACHE_CONTROL, self.rule.clone())]
    }
}

/// Bytes of a type.
pub(super) fn bytes_of(bytes: impl Into<Bytes>, media_type: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type)], bytes.into()).into_response()
}

/// Whether `If-None-Match` names `etag`. Comparison is weak, as RFC 9110 wants it for this header.
fn has(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let sent = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    sent.flat_map(|list| list.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag.as_bytes() == etag.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_coordinate_and_a_form() {
        assert_eq!(parse_place("-2.bin").ok(), Some((-2, Form::Bin)));
        assert_eq!(parse_place("7").ok(), Some((7, Form::Json)));
        for place in ["7.gif", "7.bin.bin", ".bin", "x.png", "2147483648.r16", "1.5.json"] {
            assert!(parse_place(place).is_err(), "{place}");
        }
    }
}
