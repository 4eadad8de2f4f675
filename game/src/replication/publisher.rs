//! The sending end: a region's entities become one segment for each dirty cell.

use std::collections::BTreeMap;

use bytes::Bytes;
use grid::{EntityId, Position};
use protocol::{
    Condition, ServerMessage, control,
    frame::{Cell, CellEncoder, EntityState, flag},
    limits::HEALTH_FULL,
};
use simulation::{EntityKind, EntityView, Event, FighterView, Id, NetId, Vitality};

use super::{
    Bundle, News,
    news::{FACTS_MAX, WORDS_MAX, is_news, write_news},
};

/// Remembers what was published of every cell.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    /// Cells that ever held anyone. A region has 4,096 at most, so none is dropped.
    cells: BTreeMap<Cell, CellEncoder>,
    moves: BTreeMap<EntityId, u32>,
    /// What happened since the last bundle, with its tick.
    news: Vec<(u64, Event)>,
    /// What was said since the last bundle: by whom, if it is for those near, and the message.
    words: Vec<(Option<EntityId>, Bytes)>,
}

impl Publisher {
    /// Notes that a player's move took effect, for the next bundle.
    pub(crate) fn note_move(&mut self, entity: EntityId, seq: u32) {
        self.moves.insert(entity, seq);
    }

    /// Notes what happened, for the next bundle, if it is for those who watch.
    pub(crate) fn note_event(&mut self, tick: u64, event: &Event) {
        if !is_news(event) {
            return;
        }
        if self.news.len() == FACTS_MAX {
            metrics::counter!("realmkeep_news_dropped_total").increment(1);
            return;
        }
        self.news.push((tick, event.clone()));
    }

    /// Notes what somebody said to those near, or to everybody.
    pub(crate) fn note_words(&mut self, near: Option<EntityId>, said: &ServerMessage) {
        if self.words.len() == WORDS_MAX {
            metrics::counter!("realmkeep_news_dropped_total").increment(1);
            return;
        }
        self.words.push((near, said.encode()));
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
        let mut news = write_news(&std::mem::take(&mut self.news), views);
        news.extend(self.words.drain(..).filter_map(|(near, message)| heard(near, message, views)));
        Bundle { tick, complete, moves, news, segments }
    }
}

/// Words as news. Those of a speaker who is gone by now are nobody's business.
fn heard(near: Option<EntityId>, message: Bytes, views: &[EntityView]) -> Option<News> {
    let cells = match near {
        Some(speaker) => {
            let at = views.iter().find(|view| view.entity == speaker)?.position.cell();
            Some([Cell { x: at.x, z: at.z }; 2])
        }
        None => None,
    };
    Some(News { cells, message })
}

/// NPCs of a stat block have variants from here on, by the type of their creature.
const FIRST_MONSTER_VARIANT: u8 = 128;

fn state_of(view: &EntityView) -> EntityState {
    let (kind, variant) = match view.kind {
        EntityKind::Player(race) => (control::EntityKind::Player, race as u8),
        EntityKind::Creature(kind) => (control::EntityKind::Npc, kind as u8),
        EntityKind::Monster(kind) => (control::EntityKind::Npc, FIRST_MONSTER_VARIANT + kind as u8),
        EntityKind::Heap => (control::EntityKind::Heap, 0),
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
        flags: flags_of(view),
        faction: view.fighter.as_ref().map_or(0, |fighter| fighter.faction.0),
        health: view.fighter.as_ref().map_or(HEALTH_FULL, health_of),
        conditions: view.fighter.as_ref().map_or(0, |fighter| conditions_of(&fighter.conditions)),
    }
}

fn flags_of(view: &EntityView) -> u8 {
    let of_body = (u8::from(view.walking) * flag::WALKING) | (u8::from(view.linkdead) * flag::LINKDEAD);
    let Some(fighter) = &view.fighter else { return of_body };
    let of_life = match fighter.vitality {
        Vitality::Alive => 0,
        Vitality::Dying | Vitality::Stable => flag::DOWN,
        Vitality::Dead => flag::DEAD,
    };
    of_body
        | of_life
        | (u8::from(fighter.fights) * flag::FIGHTING)
        | (u8::from(fighter.casting.is_some()) * flag::CASTING)
}

/// What is left of somebody's hit points; never nothing while anything is left.
fn health_of(fighter: &FighterView) -> u8 {
    let (left, most) = (i64::from(fighter.hit_points), i64::from(fighter.hit_points_max));
    if left <= 0 || most <= 0 {
        return 0;
    }
    (left * i64::from(HEALTH_FULL) / most).clamp(1, HEALTH_FULL.into()) as u8
}

/// The conditions that have a bit; the content knows more.
fn conditions_of(conditions: &[Id]) -> u32 {
    let bit = |id: &Id| Condition::ALL.iter().find(|known| known.name().eq_ignore_ascii_case(id.name()));
    conditions.iter().filter_map(bit).fold(0, |bits, condition| bits | condition.bit())
}

#[cfg(test)]
mod tests {
    use simulation::Faction;

    use super::*;

    fn fighter(hit_points: i32, conditions: &[&str]) -> FighterView {
        FighterView {
            monster: None,
            faction: Faction::PLAYERS,
            hit_points,
            hit_points_max: 1_000,
            temporary: 0,
            vitality: Vitality::Alive,
            fights: true,
            target: None,
            casting: None,
            aim: None,
            conditions: conditions.iter().map(|id| id.parse().expect("an id")).collect(),
        }
    }

    #[test]
    fn health_is_full_when_whole_and_gone_only_when_down() {
        let health = |hit_points| health_of(&fighter(hit_points, &[]));
        assert_eq!([1_000, 500, 1, 0, -3].map(health), [255, 127, 1, 0, 0]);
    }

    #[test]
    fn conditions_have_their_bits_and_others_none() {
        let bits = conditions_of(&fighter(1, &["srd:prone", "srd:poisoned", "srd:hexed-by-aunt"]).conditions);
        assert_eq!(bits, Condition::Prone.bit() | Condition::Poisoned.bit());
    }
}
