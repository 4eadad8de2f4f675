//! Who plays together: they share what a kill is worth, and the right to what the dead leave behind.

use std::collections::BTreeMap;

use rules::combat::{Handle, Life};
use rules::share_of_award;

use super::{Battle, Fray};
use crate::{EntityId, Event, PartyId, field::feet_of};

/// How near the members of a party share in a kill, in feet: they see the fight, and are part of it.
const SHARE_FEET: i64 = 300;

/// The parties of all players, whether they are here just now or not.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Parties {
    of: BTreeMap<EntityId, PartyId>,
}

impl Parties {
    /// A player belongs to a party from now on, or to none.
    pub(crate) fn set(&mut self, player: EntityId, party: Option<PartyId>) {
        match party {
            Some(party) => self.of.insert(player, party),
            None => self.of.remove(&player),
        };
    }

    /// Whether two players play together.
    pub(crate) fn are_one(&self, one: EntityId, other: EntityId) -> bool {
        self.of.get(&one).is_some_and(|party| self.of.get(&other) == Some(party))
    }

    /// What later ticks depend on.
    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        for (player, party) in &self.of {
            bytes.extend(b"p");
            bytes.extend(player.uuid().as_bytes());
            bytes.extend(party.0.as_bytes());
        }
    }
}

impl Fray<'_> {
    /// Divides what a kill is worth among those who fought, and the members of their parties who are near.
    pub(super) fn award(&mut self, dead: Handle, experience: u32, fighters: &[Handle]) {
        let by = self.entity(dead);
        let mut sharers: Vec<Handle> = fighters.to_vec();
        let near = |who: &Handle| self.has_part(*who, dead, fighters);
        sharers.extend(self.battle.players.iter().filter(|who| near(who)));
        sharers.sort_unstable();
        sharers.dedup();
        let share = share_of_award(experience, sharers.len() as u32);
        if share == 0 {
            return;
        }
        for who in sharers {
            let entity = self.entity(who);
            self.tell(Event::Earned { entity, experience: share, by });
        }
    }

    /// Whether somebody who gave no blow has a part in a kill: alive, near, and of the party of one who fought.
    fn has_part(&self, who: Handle, dead: Handle, fighters: &[Handle]) -> bool {
        let Battle { actors, arena, parties, .. } = &*self.battle;
        let entity = |who: Handle| actors.get(who).map(|actor| actor.entity);
        let Some(own) = entity(who) else { return false };
        let is_with_them =
            fighters.iter().filter_map(|other| entity(*other)).any(|other| parties.are_one(own, other));
        if !is_with_them || arena.get(who).is_none_or(|creature| creature.life == Life::Dead) {
            return false;
        }
        let (Some(here), Some(there)) = (self.field.position(who), self.field.position(dead)) else {
            return false;
        };
        let far = i64::try_from(here.ground_distance_squared(there).isqrt()).unwrap_or(i64::MAX / 20_000);
        feet_of(far) <= SHARE_FEET
    }
}
