//! How closely a place is watched: where no player is near, thinking may be coarse and looking about rare.

use grid::{CellCoord, REGION_CELLS};
use rules::TICK_HZ;

use crate::terrain::Terrain;

/// Ticks between two surveys of where the players are.
const SURVEY_TICKS: u64 = TICK_HZ as u64 / 2;
/// Cells around a player in which everything is done in full: two hundred metres and less.
const NEAR_CELLS: i32 = 1;
/// And cells in which a player may be soon.
const MIDDLE_CELLS: i32 = 4;

/// How closely somebody is watched.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub(crate) enum Watch {
    /// Nobody is anywhere near.
    #[default]
    Far,
    /// Somebody may come soon.
    Middle,
    /// In sight of a player.
    Near,
}

impl Watch {
    /// Ticks between two looks about.
    pub(super) const fn look_ticks(self) -> u64 {
        match self {
            Self::Near => TICK_HZ as u64 / 2,
            Self::Middle => 2 * TICK_HZ as u64,
            Self::Far => 8 * TICK_HZ as u64,
        }
    }

    /// How many foes and how many things to do are kept apart, of those that a mind would.
    pub(super) fn narrow(self, (foes, options): (usize, usize)) -> (usize, usize) {
        match self {
            Self::Near => (foes, options),
            Self::Middle => (foes.min(4), options.min(24)),
            Self::Far => (foes.min(2), options.min(10)),
        }
    }
}

/// How closely each cell of the region is watched.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Attention {
    cells: Vec<Watch>,
}

impl Attention {
    /// Whether it is time to see where the players are.
    pub(super) const fn is_due(&self, tick: u64) -> bool {
        tick % SURVEY_TICKS == 1 || self.cells.is_empty()
    }

    /// Begins anew with the cells that players are in.
    pub(super) fn survey(&mut self, terrain: &Terrain, players: impl Iterator<Item = CellCoord>) {
        self.cells.clear();
        self.cells.resize((REGION_CELLS * REGION_CELLS) as usize, Watch::Far);
        for cell in players {
            for dz in -MIDDLE_CELLS..=MIDDLE_CELLS {
                for dx in -MIDDLE_CELLS..=MIDDLE_CELLS {
                    let near = dx.abs().max(dz.abs()) <= NEAR_CELLS;
                    let around = CellCoord::new(cell.x.saturating_add(dx), cell.z.saturating_add(dz));
                    if let Some(index) = terrain.index_of(around) {
                        let watch = if near { Watch::Near } else { Watch::Middle };
                        self.cells[index] = self.cells[index].max(watch);
                    }
                }
            }
        }
    }

    /// How closely a cell is watched.
    pub(super) fn of(&self, terrain: &Terrain, cell: CellCoord) -> Watch {
        terrain.index_of(cell).and_then(|index| self.cells.get(index)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use grid::RegionCoord;

    use super::*;

    #[test]
    fn where_a_player_is_all_is_done_in_full_and_far_away_little() {
        let terrain = Terrain::new(RegionCoord::new(0, 0));
        let mut attention = Attention::default();
        attention.survey(&terrain, [CellCoord::new(10, 10), CellCoord::new(0, 0)].into_iter());
        let watch = |x, z| attention.of(&terrain, CellCoord::new(x, z));
        assert_eq!([watch(10, 10), watch(11, 9), watch(14, 10)], [Watch::Near, Watch::Near, Watch::Middle]);
        assert_eq!([watch(15, 10), watch(1, 1), watch(-1, 0)], [Watch::Far, Watch::Near, Watch::Far]);
        assert!(Watch::Far.look_ticks() > Watch::Near.look_ticks());
        assert_eq!(Watch::Far.narrow((8, 48)), (2, 10));
    }
}
