//! What happens in fights with players, noted for the figures.

use chrono::Utc;
use grid::{EntityId, EventId};
use simulation::Event;
use uuid::Uuid;

use super::Region;
use crate::{
    chronicle::{Feat, FeatDeed, Page},
    unification::keeper::Errand,
};

/// Feats of a page: one is written at once.
const FEATS_MAX: usize = 500;

impl Region {
    /// Notes what belongs into the chronicle.
    pub(super) fn chronicle(&mut self, event: &Event) {
        let (by, target, deed) = match *event {
            Event::Struck { entity, target, blow } => (entity, target, FeatDeed::Struck { by: entity, blow }),
            Event::Died { entity, by } if self.is_players(entity) || self.is_players(by) => {
                let killer = Some(by).filter(|by| !by.uuid().is_nil());
                (by, entity, FeatDeed::Killed { by: killer })
            }
            _ => return,
        };
        let id = EventId::from_uuid(Uuid::now_v7());
        self.feats.push(Feat { id, at: Utc::now(), rank: self.simulation.rank(by), target, deed });
        if self.feats.len() >= FEATS_MAX {
            self.turn_page();
        }
    }

    /// Hands what was noted to the keeper.
    pub(super) fn turn_page(&mut self) {
        if !self.feats.is_empty() {
            let feats = std::mem::take(&mut self.feats);
            self.errands.push_back(Errand::Chronicle(Page { region: self.id, feats }));
        }
    }

    fn is_players(&self, entity: EntityId) -> bool {
        self.names.contains_key(&entity)
    }
}
