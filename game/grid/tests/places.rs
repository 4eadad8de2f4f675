//! Positions, cells, blocks and regions agree everywhere, out to the ends of the number line.

use grid::{
    BLOCK_CELLS, BlockCoord, CellCoord, Position, REGION_BLOCKS, REGION_CELLS, RegionCoord, UNITS_PER_CELL,
    WorldId,
};
use proptest::prelude::*;

/// Cells anywhere, with a liking for the origin and the edges of the grid.
fn cell_number() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), -70..70, i32::MIN..i32::MIN + 70, i32::MAX - 70..=i32::MAX]
}

/// Positions anywhere, with a liking for cell borders and for what lies beyond the grid.
fn units() -> impl Strategy<Value = i64> {
    let border = (cell_number(), -2_i64..=2).prop_map(|(cell, off)| i64::from(cell) * UNITS_PER_CELL + off);
    prop_oneof![any::<i64>(), border, i64::MIN..i64::MIN + 3, i64::MAX - 3..=i64::MAX]
}

proptest! {
    #[test]
    fn a_position_is_its_cells_corner_and_its_offset(x in units(), z in units(), y: i64) {
        let position = Position::new(x, y, z);
        let cell = position.cell();
        let (offset_x, offset_z) = position.offset_in_cell();
        prop_assert!(i64::from(offset_x) < UNITS_PER_CELL && i64::from(offset_z) < UNITS_PER_CELL);
        let on_grid = |units: i64| i32::try_from(units.div_euclid(UNITS_PER_CELL)).is_ok();
        if on_grid(x) && on_grid(z) {
            let corner = cell.origin();
            prop_assert_eq!((corner.x + i64::from(offset_x), corner.z + i64::from(offset_z)), (x, z));
        } else {
            prop_assert!([cell.x, cell.z].iter().any(|edge| *edge == i32::MIN || *edge == i32::MAX));
        }
        prop_assert_eq!(position.region(), cell.region());
    }

    #[test]
    fn a_cell_lies_in_its_block_and_the_block_in_the_cells_region(x in cell_number(), z in cell_number()) {
        let cell = CellCoord::new(x, z);
        let (block, region) = (cell.block(), cell.region());
        prop_assert_eq!(block.region(), region);
        prop_assert_eq!(cell.origin().cell(), cell);
        let inside = |cell: i32, container: i32, side: i32| {
            let first = i64::from(container) * i64::from(side);
            (first..first + i64::from(side)).contains(&i64::from(cell))
        };
        prop_assert!(inside(x, block.x, BLOCK_CELLS) && inside(z, block.z, BLOCK_CELLS));
        prop_assert!(inside(x, region.x, REGION_CELLS) && inside(z, region.z, REGION_CELLS));
        prop_assert!(inside(block.x, region.x, REGION_BLOCKS) && inside(block.z, region.z, REGION_BLOCKS));
        prop_assert_eq!(region.first_cell().region(), region);
    }

    #[test]
    fn rings_are_symmetric_and_never_overflow(a in (cell_number(), cell_number()), b in (cell_number(), cell_number())) {
        let (a, b) = (CellCoord::new(a.0, a.1), CellCoord::new(b.0, b.1));
        prop_assert_eq!(a.ring(b), b.ring(a));
        prop_assert_eq!(a.ring(a), 0);
    }

    #[test]
    fn distances_never_overflow(a in (units(), units()), b in (units(), units())) {
        let (a, b) = (Position::new(a.0, 0, a.1), Position::new(b.0, i64::MAX, b.1));
        prop_assert_eq!(a.ground_distance_squared(b), b.ground_distance_squared(a));
    }
}

#[test]
fn a_region_lists_each_of_its_cells_once() {
    for region in [RegionCoord::new(0, 0), RegionCoord::new(-1, 2)] {
        let cells: std::collections::BTreeSet<_> = region.cells().collect();
        assert_eq!(cells.len(), 64 * 64);
        assert!(cells.iter().all(|cell| cell.region() == region));
    }
    // The outermost regions of the i32 grid.
    for corner in [CellCoord::new(i32::MIN, i32::MAX), CellCoord::new(i32::MAX, i32::MIN)] {
        assert!(corner.region().cells().any(|cell| cell == corner));
    }
}

#[test]
fn grid_ids_never_change() {
    let world: WorldId = "0190a0c4-0000-7000-8000-00000000002a".parse().unwrap();
    let (x, z) = (-3, 7);
    assert_eq!(RegionCoord::new(x, z).id(world).to_string(), "becd0cf7-903c-5218-b1b8-5cc817d8e392");
    assert_eq!(BlockCoord::new(x, z).id(world).to_string(), "ea36a17c-adf7-5269-95ea-604914e3b08f");
    assert_eq!(CellCoord::new(x, z).id(world).to_string(), "c5b32e78-2dfd-5793-b579-c777820ea6af");
}

#[test]
fn ids_travel_as_bare_uuids() {
    let text = "\"0190a0c4-0000-7000-8000-00000000002a\"";
    let world: WorldId = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&world).unwrap(), text);
    assert!("not an id".parse::<WorldId>().is_err());
}
