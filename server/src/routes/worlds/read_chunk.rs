//! `GET worlds/{id}/chunks/{x}/{z}`

use std::fmt;

use api::{CellCoord, FieldError, Problem, ProblemKind, WorldId, world::ChunkView};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::Domain;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{
    edge::Refusal,
    extract::{Path, SignedIn},
    routes::answers::Failures,
};

/// A chunk never changes: world, seed and recipe are fixed, and a new engine makes a new world.
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// Read the terrain of a cell
///
/// The ending of the path picks the form: `.json` (or none) describes the chunk, `.bin` is the payload that clients
/// decode, `.r16` is 65×65 heights as little-endian 16-bit numbers, `.png` is a picture. All forms carry the hash of
/// the `.bin` payload as ETag.
#[utoipa::path(
    get,
    path = "/worlds/{id}/chunks/{x}/{z}",
    tag = "Worlds",
    operation_id = "worlds_read_chunk",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("x" = i32, Path, description = "Eastward, in cells"),
        ("z" = String, Path, pattern = r"^-?\d+(\.(json|bin|r16|png))?$", description = "Southward, in cells, and the form")
    ),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = OK, description = "The chunk", content(
            (ChunkView = "application/json"),
            (Vec<u8> = "application/octet-stream"),
            (Vec<u8> = "image/png")
        )),
        (status = NOT_MODIFIED, description = "The chunk that `If-None-Match` names is the present one"),
        Failures
    )
)]
pub(crate) async fn read_chunk(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((id, x, place)): Path<(WorldId, i32, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (z, form) = parse_place(&place)?;
    let cell = CellCoord::new(x, z);
    let grown = domain::chunks::read(&domain, &actor, id, cell).await?;
    let etag = HeaderValue::from_str(&format!("\"{}\"", grown.hash)).expect("a hash is hexadecimal");
    let kept = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, FOR_EVER)];
    if has(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let body = match form {
        Form::Json => axum::Json(domain::chunks::describe(&domain, &actor, id, cell).await?).into_response(),
        Form::Bin => bytes_of(grown.payload, "application/octet-stream"),
        Form::R16 => bytes_of(grown.chunk.to_r16(), "application/octet-stream"),
        Form::Png => bytes_of(domain::chunks::picture(&domain, &actor, id, cell).await?, "image/png"),
    };
    Ok((kept, body).into_response())
}

fn bytes_of(bytes: impl Into<Bytes>, media_type: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type)], bytes.into()).into_response()
}

/// How a chunk can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Bin,
    R16,
    Png,
}

/// Splits `-2.bin` into a coordinate and a form.
fn parse_place(place: &str) -> Result<(i32, Form), Problem> {
    let (z, ending) = place.split_once('.').unwrap_or((place, "json"));
    let form = match ending {
        "json" => Form::Json,
        "bin" => Form::Bin,
        "r16" => Form::R16,
        "png" => Form::Png,
        _ => return Err(refuse(format_args!("no chunk ends in `.{ending}`: use .json, .bin, .r16 or .png"))),
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
