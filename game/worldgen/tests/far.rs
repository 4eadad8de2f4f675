//! Levels of detail, and pictures: the same world from further away.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use std::collections::BTreeMap;

use grid::CellCoord;
use worldgen::{Area, COLUMNS, Chunk, FarTile, Look, LookLayer, Scale, VERTICES, World, compile};

const TEMPERATE: &str = include_str!("../../../config/recipes/temperate.yaml");

fn world(text: &str) -> World {
    compile("temperate.yaml", text, 42, &BTreeMap::new()).map_err(|_| "refused").unwrap().world
}

fn height(chunk: &Chunk, column: usize, row: usize) -> u16 {
    chunk.heights[row * VERTICES + column]
}

#[test]
fn far_tiles_share_their_borders_and_every_second_point_is_one_of_the_level_above() {
    let world = world(TEMPERATE);
    let tile = |level, x, z| world.far_chunk(FarTile::new(level, x, z).unwrap());
    let (west, east) = (tile(2, -1, 3), tile(2, 0, 3));
    assert!((0..VERTICES).all(|row| height(&west, VERTICES - 1, row) == height(&east, 0, row)));
    let above = tile(3, 0, 1);
    for (row, column) in (0..32).flat_map(|row| (0..32).map(move |column| (row, column))) {
        // The tile (0, 3) of level 2 is the south-western quarter of (0, 1) of level 3.
        assert_eq!(height(&above, column, row + 32), height(&east, column * 2, row * 2), "{column} {row}");
    }
}

#[test]
fn a_far_tile_is_read_as_chunks_are() {
    let far = world(TEMPERATE).far_chunk(FarTile::new(4, 1, -2).unwrap());
    assert_eq!(Chunk::decode(&far.encode()).unwrap(), far);
    assert_eq!(far.coord, CellCoord::new(1, -2));
}

#[test]
fn only_levels_that_exist_and_places_within_the_world_have_tiles() {
    assert!(FarTile::new(0, 0, 0).is_none() && FarTile::new(7, 0, 0).is_none());
    assert!(FarTile::new(6, i32::MAX, 0).is_none());
    assert!(FarTile::new(6, -32_768, 32_767).is_some());
}

#[test]
fn every_layer_can_be_painted_and_all_points_are_counted() {
    let world = world(TEMPERATE);
    let area = Area { x: 0, z: 0, step: 4 * 256, width: 64, height: 32 };
    for layer in [
        LookLayer::Land,
        LookLayer::Height,
        LookLayer::Slope,
        LookLayer::Biome,
        LookLayer::Material,
        LookLayer::Temperature,
        LookLayer::Humidity,
        LookLayer::Named("plates".to_owned()),
    ] {
        let look = Look { layer, hillshade: true, water: true, walkable: true };
        let painting = world.paint(&look, &area).unwrap();
        assert_eq!(painting.pixels.len(), 64 * 32 * 4, "{look:?}");
        assert_eq!(painting.counts.iter().sum::<u32>(), 64 * 32, "{look:?}");
        match world.scale(&look.layer) {
            Scale::Measured { low, high, colours, .. } => {
                assert!(low < high && colours.len() > 1, "{look:?}");
                assert_eq!(painting.counts.len(), COLUMNS);
            }
            Scale::Kinds(kinds) => assert_eq!(painting.counts.len(), kinds.len(), "{look:?}"),
        }
    }
    let nothing = Look { layer: LookLayer::Named("nothing".to_owned()), ..Look::default() };
    assert!(world.paint(&nothing, &area).is_err());
}

#[test]
fn what_only_people_read_does_not_change_a_fingerprint() {
    let renamed = TEMPERATE.replacen("name: Temperate continent", "name: Home", 1);
    assert_eq!(world(TEMPERATE).fingerprint(), world(&renamed).fingerprint());
    let warmer = TEMPERATE.replacen("value: 0.58", "value: 0.6", 1);
    assert_ne!(world(TEMPERATE).fingerprint(), world(&warmer).fingerprint());
}
