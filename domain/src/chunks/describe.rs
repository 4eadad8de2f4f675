//! A chunk in words and figures.

use api::{
    right,
    world::{BiomeShare, ChunkView, FeatureCount},
};
use grid::{CellCoord, UNITS_PER_METRE, WorldId};
use worldgen::{Chunk, HEIGHT_STEP_UNITS, Recipe, SQUARES};

use crate::{
    Allowed, Domain, Error,
    terrain::{Grown, GrownWorld},
};

const SQUARES_OF_CHUNK: f64 = (SQUARES * SQUARES) as f64;

/// What a chunk holds: the `.json` form.
///
/// # Errors
/// [`Error::NotFound`] for an unknown world, [`Error::InvalidField`] for a cell beyond the grid.
pub async fn describe(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
    cell: CellCoord,
) -> Result<ChunkView, Error> {
    super::check_cell(cell)?;
    let grown = domain.terrain().chunk(world, cell).await?;
    let recipe_of = domain.terrain().world(world).await?;
    Ok(view(world, &recipe_of, &grown))
}

fn view(world: WorldId, of: &GrownWorld, grown: &Grown) -> ChunkView {
    let (chunk, recipe) = (&*grown.chunk, of.world.recipe());
    let metres = |stored: u16| {
        let units = chunk.lowest_units + i64::from(stored) * HEIGHT_STEP_UNITS;
        units as f64 / UNITS_PER_METRE as f64
    };
    let walkable: u32 = chunk.walkable.iter().map(|row| row.count_ones()).sum();
    ChunkView {
        id: chunk.coord.id(world),
        block_id: chunk.coord.block().id(world),
        region_id: chunk.coord.region().id(world),
        coord: chunk.coord,
        hash: grown.hash.to_string(),
        fingerprint: of.fingerprint.to_string(),
        size_bytes: u32::try_from(grown.payload.len()).unwrap_or(u32::MAX),
        height_min_m: metres(chunk.heights.iter().copied().min().unwrap_or_default()),
        height_max_m: metres(chunk.heights.iter().copied().max().unwrap_or_default()),
        walkable_share: f64::from(walkable) / SQUARES_OF_CHUNK,
        biomes: biome_shares(chunk, recipe),
        features: feature_counts(chunk, recipe),
    }
}

fn biome_shares(chunk: &Chunk, recipe: &Recipe) -> Vec<BiomeShare> {
    let mut counts = vec![0_u32; recipe.biomes.len()];
    for &biome in &chunk.biomes {
        if let Some(count) = counts.get_mut(usize::from(biome)) {
            *count += 1;
        }
    }
    let present = recipe.biomes.iter().zip(counts).filter(|(_, count)| *count > 0);
    let mut shares: Vec<_> = present
        .map(|(biome, count)| BiomeShare {
            biome: biome.id.clone(),
            share: f64::from(count) / SQUARES_OF_CHUNK,
        })
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.biome.cmp(&b.biome)));
    shares
}

fn feature_counts(chunk: &Chunk, recipe: &Recipe) -> Vec<FeatureCount> {
    let mut counts = vec![0_u32; recipe.features.len()];
    for feature in &chunk.features {
        if let Some(count) = counts.get_mut(usize::from(feature.kind)) {
            *count += 1;
        }
    }
    let present = recipe.features.iter().zip(counts).filter(|(_, count)| *count > 0);
    present.map(|(rule, count)| FeatureCount { feature: rule.id.clone(), count }).collect()
}
