//! The sending end: a region's entities become one segment for each dirty cell.

use std::collections::BTreeMap;

use grid::{EntityId, Position};
use protocol::{
    control,
    frame::{Cell, CellEncoder, EntityState, flag},
};
use simulation::{EntityKind, EntityView, NetId};

use super::Bundle;

/// Remembers what was published of every cell.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    /// Cells that ever held anyone. A region has 4,096 at most, so none is dropped.
    cells: BTreeMap<Cell, CellEncoder>,
    moves: BTreeMap<EntityId, u32>,
}

impl Publisher {
    /// Notes that a player's move took effect, for the next bundle.
    pub(crate) fn note_move(&mut self, entity: EntityId, seq: u32) {
        self.moves.insert(entity, seq);
    }

    /// What changed since the last bundle; or everything, if `complete`.
    pub(crate) fn publish(&mut self, tick: u64, views: &[EntityView], complete: bool) -> Bundle {
        let mut present: BTreeMap<Cell, Vec<EntityState>> = BTreeMap::new();
        let mut moves = Vec::with_capacity(self.moves.len());
        for view in views {
            let coord = view.position.cell();
            present.entry(Cell { x: coord.x, z: coord.z }).or_default().push(state_of(view));
            if let Some(seq) = self.moves.remove(&view.entity) {
                moves.push((view.net_id.0, seq));
            }
        }
        // Whoever moved and left is nobody's business any more.
        self.moves.clear();
        for &cell in present.keys() {
            self.cells.entry(cell).or_insert_with(|| CellEncoder::new(cell));
        }
        let mut segments = Vec::new();
        for (cell, encoder) in &mut self.cells {
            let delta = encoder.update(present.remove(cell).unwrap_or_default());
            if complete {
                segments.push(encoder.keyframe());
            } else {
                segments.extend(delta);
            }
        }
        Bundle { tick, complete, moves, segments }
    }
}

/// NPCs of a stat block have variants from here on, by the type of their creature.
const FIRST_MONSTER_VARIANT: u8 = 128;

fn state_of(view: &EntityView) -> EntityState {
    let (kind, variant) = match view.kind {
        EntityKind::Player(race) => (control::EntityKind::Player, race as u8),
        EntityKind::Creature(kind) => (control::EntityKind::Npc, kind as u8),
        EntityKind::Monster(kind) => (control::EntityKind::Npc, FIRST_MONSTER_VARIANT + kind as u8),
    };
    let Position { y, .. } = view.position;
    let (x, z) = view.position.offset_in_cell();
    let NetId(net_id) = view.net_id;
    EntityState {
        net_id,
        uuid: view.entity.uuid(),
        kind,
        variant,
        name: view.name.clone(),
        x,
        z,
        // Terrain is a kilometre high at most.
        y: y.clamp(i32::MIN.into(), i32::MAX.into()) as i32,
        yaw: view.yaw,
        flags: (u8::from(view.walking) * flag::WALKING) | (u8::from(view.linkdead) * flag::LINKDEAD),
    }
}
