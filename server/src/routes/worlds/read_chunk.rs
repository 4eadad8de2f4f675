//! `GET worlds/{id}/chunks/{x}/{z}`

use api::{
    CellCoord, WorldId, right,
    world::{ChunkView, TerrainFilter},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::Domain;
use http::HeaderMap;

use super::delivery::{Form, Keeping, bytes_of, parse_place};
use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::answers::Failures,
};

/// Read the terrain of a cell
///
/// The ending of the path picks the form: `.json` (or none) describes the chunk, `.bin` is the payload that clients
/// decode, `.r16` is 65×65 heights as little-endian 16-bit numbers, `.png` is a picture. `.bin` and `.r16` carry the hash
/// of the `.bin` payload as ETag. With the world's `fingerprint` in the query the answer never changes and says so.
#[utoipa::path(
    get,
    path = "/worlds/{id}/chunks/{x}/{z}",
    tag = "Worlds",
    operation_id = "worlds_read_chunk",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("x" = i32, Path, description = "Eastward, in cells"),
        ("z" = String, Path, pattern = r"^-?\d+(\.(json|bin|r16|png))?$", description = "Southward, in cells, and the form"),
        TerrainFilter
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
    Allowed(actor): Allowed<right::ViewWorlds>,
    Path((id, x, place)): Path<(WorldId, i32, String)>,
    Query(filter): Query<TerrainFilter>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (z, form) = parse_place(&place)?;
    let cell = CellCoord::new(x, z);
    let read = domain::chunks::read(&domain, &actor, id, cell).await?;
    let keeping = Keeping::of(form, &read.grown.hash, &read.fingerprint, filter.fingerprint.as_deref())?;
    if let Some(answer) = keeping.not_modified(&headers) {
        return Ok(answer);
    }
    let body = match form {
        Form::Json => axum::Json(domain::chunks::describe(&domain, &actor, id, cell).await?).into_response(),
        Form::Bin => bytes_of(read.grown.payload, "application/octet-stream"),
        Form::R16 => bytes_of(read.grown.chunk.to_r16(), "application/octet-stream"),
        Form::Png => bytes_of(domain::chunks::picture(&domain, &actor, id, cell).await?, "image/png"),
    };
    Ok(keeping.answer(body))
}
