//! `GET worlds/{id}/tiles/{level}/{x}/{z}`

use api::{
    WorldId, right,
    world::{FarTileView, TerrainFilter, TileQuery},
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

/// Read terrain as seen from afar
///
/// A tile of level `n` is 64×64 squares of `2^n` m, in the same forms as a chunk: its `.bin` is read as a chunk's whose
/// metre is `2^n` metres long. Borders are shared between neighbours, and every second point with the level above.
#[utoipa::path(
    get,
    path = "/worlds/{id}/tiles/{level}/{x}/{z}",
    tag = "Worlds",
    operation_id = "worlds_read_tile",
    params(
        ("id" = uuid::Uuid, Path, description = "The world"),
        ("level" = u8, Path, minimum = 1, maximum = 6, description = "The level of detail: squares of 2, 4, 8, 16, 32 or 64 m"),
        ("x" = i32, Path, description = "Eastward, in tiles of the level"),
        ("z" = String, Path, pattern = r"^-?\d+(\.(json|bin|r16|png))?$", description = "Southward, in tiles of the level, and the form"),
        TerrainFilter
    ),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = OK, description = "The tile", content(
            (FarTileView = "application/json"),
            (Vec<u8> = "application/octet-stream"),
            (Vec<u8> = "image/png")
        )),
        (status = NOT_MODIFIED, description = "The tile that `If-None-Match` names is the present one"),
        Failures
    )
)]
pub(crate) async fn read_tile(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewWorlds>,
    Path((id, level, x, place)): Path<(WorldId, u8, i32, String)>,
    Query(filter): Query<TerrainFilter>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (z, form) = parse_place(&place)?;
    let wanted = TileQuery { level, x, z };
    let read = domain::chunks::read_far(&domain, &actor, id, wanted).await?;
    let keeping = Keeping::of(form, &read.grown.hash, &read.fingerprint, filter.fingerprint.as_deref())?;
    if let Some(answer) = keeping.not_modified(&headers) {
        return Ok(answer);
    }
    let body = match form {
        Form::Json => {
            axum::Json(domain::chunks::describe_far(&domain, &actor, id, wanted).await?).into_response()
        }
        Form::Bin => bytes_of(read.grown.payload, "application/octet-stream"),
        Form::R16 => bytes_of(read.grown.chunk.to_r16(), "application/octet-stream"),
        Form::Png => bytes_of(domain::chunks::picture_far(&domain, &actor, id, wanted).await?, "image/png"),
    };
    Ok(keeping.answer(body))
}
