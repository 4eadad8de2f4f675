//! Entities between two snapshots: they come five times a second, the screen is drawn sixty.

use std::collections::HashMap;

use api::entity::EntityView;
use grid::{EntityId, UNITS_PER_METRE};

/// Bounds of the time taken to walk to the newest known place, in milliseconds.
const STEP_MS: (f64, f64) = (100.0, 400.0);
/// A leap farther than this, in metres, is shown as one.
const LEAP_METRES: f64 = 32.0;

/// One entity on its way.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub(crate) entity: EntityView,
    from: (f64, f64),
    to: (f64, f64),
    since_ms: f64,
    lasts_ms: f64,
}

impl Track {
    /// Where the entity is shown at a time, in metres.
    pub(crate) fn place(&self, now_ms: f64) -> (f64, f64) {
        let share = ((now_ms - self.since_ms) / self.lasts_ms).clamp(0.0, 1.0);
        let between = |a: f64, b: f64| a + (b - a) * share;
        (between(self.from.0, self.to.0), between(self.from.1, self.to.1))
    }
}

/// All entities of the newest snapshot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tracks {
    tracks: HashMap<EntityId, Track>,
    last_ms: Option<f64>,
}

impl Tracks {
    /// Takes a snapshot that arrived at `now_ms`. Entities that it lacks are gone.
    pub(crate) fn take(&mut self, entities: &[EntityView], now_ms: f64) {
        let lasts_ms = self.last_ms.map_or(STEP_MS.0, |last| (now_ms - last).clamp(STEP_MS.0, STEP_MS.1));
        self.last_ms = Some(now_ms);
        let mut next = HashMap::with_capacity(entities.len());
        for entity in entities {
            let to = metres(entity);
            let from = self.tracks.get(&entity.id).map_or(to, |track| track.place(now_ms));
            let leaps = (to.0 - from.0).hypot(to.1 - from.1) > LEAP_METRES;
            let track = Track {
                entity: entity.clone(),
                from: if leaps { to } else { from },
                to,
                since_ms: now_ms,
                lasts_ms,
            };
            next.insert(entity.id, track);
        }
        self.tracks = next;
    }

    /// The entities, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Track> {
        self.tracks.values()
    }

    /// One entity.
    pub(crate) fn get(&self, id: EntityId) -> Option<&Track> {
        self.tracks.get(&id)
    }

    /// Whether anything stands on the map.
    pub(crate) fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }
}

/// An entity's place in metres.
pub(crate) fn metres(entity: &EntityView) -> (f64, f64) {
    (entity.x as f64 / UNITS_PER_METRE as f64, entity.z as f64 / UNITS_PER_METRE as f64)
}

#[cfg(test)]
mod tests {
    use api::entity::EntityKind;

    use super::*;

    fn wolf(x_metres: i64) -> EntityView {
        EntityView {
            id: EntityId::from_uuid(uuid::Uuid::from_u128(1)),
            kind: EntityKind::Npc,
            name: "Wolf".into(),
            x: x_metres * UNITS_PER_METRE,
            y: 0,
            z: 0,
            walking: true,
            linkdead: false,
            fighter: None,
        }
    }

    fn place_of(tracks: &Tracks, now_ms: f64) -> f64 {
        tracks.get(wolf(0).id).expect("the wolf is there").place(now_ms).0
    }

    #[test]
    fn an_entity_walks_evenly_between_two_snapshots() {
        let mut tracks = Tracks::default();
        tracks.take(&[wolf(0)], 0.0);
        tracks.take(&[wolf(2)], 200.0);
        assert_eq!(place_of(&tracks, 200.0), 0.0);
        assert_eq!(place_of(&tracks, 300.0), 1.0);
        assert_eq!(place_of(&tracks, 9_000.0), 2.0);
    }

    #[test]
    fn a_leap_is_not_smeared_over_the_map() {
        let mut tracks = Tracks::default();
        tracks.take(&[wolf(0)], 0.0);
        tracks.take(&[wolf(500)], 200.0);
        assert_eq!(place_of(&tracks, 200.0), 500.0);
    }

    #[test]
    fn who_left_the_region_leaves_the_map() {
        let mut tracks = Tracks::default();
        tracks.take(&[wolf(0)], 0.0);
        tracks.take(&[], 200.0);
        assert!(tracks.is_empty());
    }
}
