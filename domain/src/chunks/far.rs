//! Terrain seen from afar.

use std::sync::Arc;

use api::{
    job::REGION_COORD_MAX,
    right,
    world::{FarTileView, TileQuery},
};
use bytes::Bytes;
use garde::Validate as _;
use grid::{REGION_METRES, UNITS_PER_METRE, WorldId};
use tokio::task::spawn_blocking;
use worldgen::{FarTile, HEIGHT_STEP_UNITS};

use super::ReadTerrain;
use crate::{Allowed, Domain, Error};

/// A tile with its `.bin` payload and hash.
///
/// # Errors
/// [`Error::NotFound`] for an unknown world, [`Error::InvalidField`] for a level or tile that there is not.
pub async fn read_far(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
    wanted: TileQuery,
) -> Result<ReadTerrain, Error> {
    let grown = domain.terrain().far_tile(world, tile(wanted)?).await?;
    Ok(ReadTerrain { grown, fingerprint: Arc::clone(&domain.terrain().world(world).await?.fingerprint) })
}

/// What a tile holds: the `.json` form.
///
/// # Errors
/// As of [`read_far`].
pub async fn describe_far(
    domain: &Domain,
    actor: &Allowed<right::ViewWorlds>,
    world: WorldId,
    wanted: TileQuery,
) -> Result<FarTileView, Error> {
    let ReadTerrain { grown, fingerprint } = read_far(domain, actor, world, wanted).await?;
    let chunk = &*grown.chunk;
    let metres = |stored: u16| {
        let units = chunk.lowest_units + i64::from(stored) * HEIGHT_STEP_UNITS;
        units as f64 / UNITS_PER_METRE as f64
    };
    Ok(FarTileView {
        level: wanted.level,
        x: wanted.x,
        z: wanted.z,
        square_m: 1 << wanted.level,
        hash: grown.hash.to_string(),
        fingerprint: fingerprint.to_string(),
        size_bytes: u32::try_from(grown.payload.len()).unwrap_or(u32::MAX),
        height_min_m: metres(chunk.heights.iter().copied().min().unwrap_or_default()),
        height_max_m: metres(chunk.heights.iter().copied().max().unwrap_or_default()),
    })
}

/// A tile as a PNG of 64×64 pixels.
///
/// # Errors
/// As of [`read_far`].
pub async fn picture_far(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
    wanted: TileQuery,
) -> Result<Bytes, Error> {
    let (tile, world) = (tile(wanted)?, domain.terrain().world(world).await?);
    let drawn = spawn_blocking(move || worldgen::draw(64, 64, &world.world.far_picture(tile))).await;
    match drawn {
        Ok(Ok(png)) => Ok(Bytes::from(png)),
        Ok(Err(error)) => Err(Error::Internal(format!("a tile cannot be drawn: {error}"))),
        Err(error) => Err(Error::Internal(format!("a tile cannot be drawn: {error}"))),
    }
}

fn tile(wanted: TileQuery) -> Result<FarTile, Error> {
    wanted.validate()?;
    let metres = |place: i32| (i64::from(place) * 64) << wanted.level;
    let reach = i64::from(REGION_COORD_MAX) * REGION_METRES;
    for (field, place) in [("x", wanted.x), ("z", wanted.z)] {
        if metres(place).abs() > reach {
            let message = format!("must lie within ±{REGION_COORD_MAX} regions of the origin");
            return Err(Error::InvalidField { field, message });
        }
    }
    FarTile::new(wanted.level, wanted.x, wanted.z).ok_or_else(|| Error::InvalidField {
        field: "level",
        message: format!("must be 1 to {}", FarTile::LEVEL_MAX),
    })
}
