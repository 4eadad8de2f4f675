//! Which cells a player sees.

use std::collections::BTreeMap;

use grid::CellCoord;
use protocol::{
    frame::Cell,
    limits::{INTEREST_RADIUS_CELLS_DEFAULT, INTEREST_RADIUS_CELLS_MAX},
};

/// Rings beyond the radius in which a cell stays once it is seen, so that pacing along a border doesn't load and drop the
/// same cells again and again.
const HYSTERESIS_RINGS: u32 = 1;

/// The cells that a player sees, and for each the sequence that the client's copy stands at.
#[derive(Clone, Debug)]
pub(crate) struct Interest {
    radius: u8,
    middle: Option<CellCoord>,
    /// `None` until the client has a keyframe of the cell.
    cells: BTreeMap<Cell, Option<u32>>,
}

impl Interest {
    pub(crate) const fn new() -> Self {
        Self { radius: INTEREST_RADIUS_CELLS_DEFAULT, middle: None, cells: BTreeMap::new() }
    }

    /// Another radius, cut to what is allowed; the client gets keyframes of everything. Returns the cells that are left.
    pub(crate) fn set_radius(&mut self, radius: u8) -> Vec<Cell> {
        self.radius = radius.min(INTEREST_RADIUS_CELLS_MAX);
        self.forget_sequences();
        // No hysteresis here: whoever asks for less gets less.
        self.middle.map_or_else(Vec::new, |middle| self.settle(middle, 0))
    }

    /// The player stands in `middle` now. Returns the cells that are left.
    pub(crate) fn move_to(&mut self, middle: CellCoord) -> Vec<Cell> {
        if self.middle == Some(middle) {
            return Vec::new();
        }
        self.middle = Some(middle);
        self.settle(middle, HYSTERESIS_RINGS)
    }

    pub(crate) const fn middle(&self) -> Option<CellCoord> {
        self.middle
    }

    /// The client's copies can't be relied upon any more: keyframes for all.
    pub(crate) fn forget_sequences(&mut self) {
        self.cells.values_mut().for_each(|sequence| *sequence = None);
    }

    /// The sequence at which the client's copy of `cell` stands, if the client watches it.
    pub(crate) fn sequence_mut(&mut self, cell: Cell) -> Option<&mut Option<u32>> {
        self.cells.get_mut(&cell)
    }

    /// Whether the client watches `cell`.
    pub(crate) fn watches(&self, cell: Cell) -> bool {
        self.cells.contains_key(&cell)
    }

    /// The cells of which the client needs a keyframe.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = Cell> {
        self.cells.iter().filter(|(_, sequence)| sequence.is_none()).map(|(cell, _)| *cell)
    }

    fn settle(&mut self, middle: CellCoord, slack: u32) -> Vec<Cell> {
        let radius = i32::from(self.radius);
        for z in middle.z.saturating_sub(radius)..=middle.z.saturating_add(radius) {
            for x in middle.x.saturating_sub(radius)..=middle.x.saturating_add(radius) {
                self.cells.entry(Cell { x, z }).or_insert(None);
            }
        }
        let keep = u32::from(self.radius) + slack;
        let is_near = |cell: &Cell| CellCoord::new(cell.x, cell.z).ring(middle) <= keep;
        let left = self.cells.keys().filter(|cell| !is_near(cell)).copied().collect();
        self.cells.retain(|cell, _| is_near(cell));
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(interest: &Interest) -> usize {
        interest.cells.len()
    }

    #[test]
    fn a_newcomer_sees_two_rings() {
        let mut interest = Interest::new();
        assert!(interest.move_to(CellCoord::new(3, 3)).is_empty());
        assert_eq!(watched(&interest), 25);
        assert_eq!(interest.waiting().count(), 25);
    }

    #[test]
    fn pacing_along_a_border_leaves_nothing() {
        let mut interest = Interest::new();
        interest.move_to(CellCoord::new(0, 0));
        for _ in 0..5 {
            assert!(interest.move_to(CellCoord::new(1, 0)).is_empty());
            assert!(interest.move_to(CellCoord::new(0, 0)).is_empty());
        }
        assert_eq!(watched(&interest), 30);
        assert_eq!(interest.move_to(CellCoord::new(2, 0)).len(), 5, "two cells on, the far column goes");
    }

    #[test]
    fn a_smaller_radius_drops_cells_at_once_and_a_huge_one_is_cut() {
        let mut interest = Interest::new();
        interest.move_to(CellCoord::new(0, 0));
        assert_eq!(interest.set_radius(0).len(), 24);
        assert!(interest.set_radius(u8::MAX).is_empty());
        assert_eq!(watched(&interest), 81);
    }

    #[test]
    fn the_edge_of_the_grid_does_no_harm() {
        let mut interest = Interest::new();
        interest.move_to(CellCoord::new(i32::MAX, i32::MIN));
        assert_eq!(watched(&interest), 9);
    }
}
