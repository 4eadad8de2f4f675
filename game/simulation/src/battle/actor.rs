//! What is kept of each fighter beside its creature: whose it is, when its turns come, what it is about.

use std::{collections::HashMap, sync::Arc};

use flecs_ecs::prelude::Entity;
use grid::{Position, RequestId};
use rules::Id;
use rules::character::Character;
use rules::combat::{Aim, Handle, Intent, Policy};
use serde::{Deserializer, Serializer, de};

use crate::{EntityId, Faction, GroundPoint, Weapon, minds::Mind, order::TARGETS_MAX};

/// A fighter.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Actor {
    pub(crate) handle: Handle,
    pub(crate) entity: EntityId,
    /// Its body; none while it was called and has not been embodied yet.
    #[serde(with = "crate::recording::body_if_any")]
    pub(crate) body: Option<Entity>,
    pub(crate) faction: Faction,
    /// Its stat block; none of characters.
    pub(crate) monster: Option<Id>,
    /// What it came in with; none of monsters.
    #[serde(with = "crate::recording::shared_if_any")]
    pub(crate) character: Option<Arc<Character>>,
    pub(crate) is_player: bool,
    /// Experience for bringing it down.
    pub(crate) experience: u32,
    /// When it interrupts others while it fights.
    pub(crate) policy: Policy,
    pub(crate) initiative: i32,
    pub(crate) dexterity: u8,
    /// When its next turn begins.
    pub(crate) turn_at: u64,
    /// Until when it counts as fighting; 0 while it is at peace.
    pub(crate) engaged_until: u64,
    pub(crate) grudges: Grudges,
    pub(crate) task: Task,
    pub(crate) died_at: Option<u64>,
    /// When it comes to by itself, if it lies at 0 hit points out of danger.
    pub(crate) comes_to_at: Option<u64>,
    /// When its last fight was over.
    pub(crate) fought_until: Option<u64>,
    /// It thinks by itself.
    pub(crate) mind: Option<Box<Mind>>,
}

impl Actor {
    pub(crate) const fn is_engaged(&self) -> bool {
        self.engaged_until > 0
    }

    /// The order in which those act who are due at the same tick: initiative, then Dexterity, then id.
    pub(crate) fn precedence(&self) -> impl Ord + use<> {
        (std::cmp::Reverse((self.initiative, self.dexterity)), self.entity)
    }
}

/// Who has harmed a fighter, and how much. Few enough to be gone through each time.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Grudges {
    held: [Option<(Handle, u32)>; 8],
}

impl Grudges {
    /// Adds to what somebody has done; if the list is full, the least gives way.
    pub(crate) fn add(&mut self, by: Handle, harm: u32) {
        if let Some((_, sum)) = self.held.iter_mut().flatten().find(|(who, _)| *who == by) {
            *sum = sum.saturating_add(harm);
            return;
        }
        let place = self.held.iter_mut().min_by_key(|held| held.map_or(0, |(_, sum)| sum.saturating_add(1)));
        if let Some(place) = place {
            *place = Some((by, harm));
        }
    }

    pub(crate) fn of(&self, who: Handle) -> u32 {
        self.held.iter().flatten().find(|(other, _)| *other == who).map_or(0, |(_, sum)| *sum)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Handle, u32)> + '_ {
        self.held.iter().flatten().copied()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// What a fighter is about.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Task {
    pub(crate) deed: Option<Deed>,
    /// Who ordered it.
    pub(crate) request: Option<RequestId>,
    /// When it is looked at again; 0 for not at all.
    pub(crate) due_at: u64,
    /// Parts of an action that was begun, and how many are done.
    pub(crate) parts: Vec<Id>,
    pub(crate) parts_done: usize,
    /// The spell that is being cast comes at this tick; 0 while none is.
    pub(crate) casting_until: u64,
    /// Where it walks to.
    pub(crate) heading: Heading,
}

/// Where a fighter walks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Heading {
    /// Nowhere: it stands, or walks as it likes.
    #[default]
    Free,
    /// To a point.
    To(GroundPoint),
    /// Up to somebody, so near in feet.
    Near(Handle, u16),
}

/// Something to do, and at whom.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Deed {
    pub(crate) doing: Doing,
    /// Again and again.
    pub(crate) repeats: bool,
    /// Walks up to the target where its reach is too short.
    pub(crate) approaches: bool,
    targets: [Option<Handle>; TARGETS_MAX],
    pub(crate) point: Option<Position>,
    pub(crate) choice: u8,
    pub(crate) monster: Option<Id>,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Doing {
    /// An attack with what is at hand.
    Strike(Weapon),
    /// Exactly this.
    Exactly(Intent),
}

impl Deed {
    /// Something done to somebody, or to nobody.
    pub(crate) fn new(doing: Doing, targets: impl IntoIterator<Item = Handle>) -> Self {
        let mut list = [None; TARGETS_MAX];
        for (place, target) in list.iter_mut().zip(targets) {
            *place = Some(target);
        }
        Self {
            doing,
            repeats: false,
            approaches: false,
            targets: list,
            point: None,
            choice: 0,
            monster: None,
        }
    }

    /// The same, done to somebody else alone.
    pub(crate) const fn turned_to(mut self, target: Handle) -> Self {
        self.targets = [None; TARGETS_MAX];
        self.targets[0] = Some(target);
        self
    }

    /// The first whom it is done to.
    pub(crate) const fn target(&self) -> Option<Handle> {
        self.targets[0]
    }

    pub(crate) fn targets(&self) -> impl Iterator<Item = Handle> + '_ {
        self.targets.iter().flatten().copied()
    }

    /// Hands the rules what it is pointed at.
    pub(crate) fn aimed<T>(&self, act: impl FnOnce(Aim<'_>) -> T) -> T {
        let count = self.targets().count();
        let mut list = [self.targets[0]; TARGETS_MAX].map(|first| first.or(self.targets[0]));
        list[..count].copy_from_slice(&self.targets[..count]);
        // Without a target the list is empty, and what fills it is never looked at.
        let Some(any) = list[0] else {
            return act(Aim { targets: &[], point: self.point, choice: self.choice, monster: self.monster });
        };
        let list = list.map(|target| target.unwrap_or(any));
        act(Aim { targets: &list[..count], point: self.point, choice: self.choice, monster: self.monster })
    }
}

/// All fighters, by handle and by entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Actors {
    slots: Vec<Option<Actor>>,
    // Never gone through, only asked: its order is no part of the state.
    by_entity: HashMap<EntityId, Handle>,
}

impl serde::Serialize for Actors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.slots.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Actors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slots = Vec::<Option<Actor>>::deserialize(deserializer)?;
        let is_misplaced = |(index, slot): (usize, &Option<Actor>)| {
            slot.as_ref().is_some_and(|own| own.handle.index() != index)
        };
        if slots.iter().enumerate().any(is_misplaced) {
            return Err(de::Error::custom("a fighter is in another's slot"));
        }
        let by_entity = slots.iter().flatten().map(|actor| (actor.entity, actor.handle)).collect();
        Ok(Self { slots, by_entity })
    }
}

impl Actors {
    pub(crate) fn insert(&mut self, actor: Actor) {
        let index = actor.handle.index();
        if self.slots.len() <= index {
            self.slots.resize_with(index + 1, || None);
        }
        self.by_entity.insert(actor.entity, actor.handle);
        self.slots[index] = Some(actor);
    }

    pub(crate) fn remove(&mut self, who: Handle) -> Option<Actor> {
        self.get(who)?;
        let actor = self.slots[who.index()].take()?;
        self.by_entity.remove(&actor.entity);
        Some(actor)
    }

    pub(crate) fn get(&self, who: Handle) -> Option<&Actor> {
        self.slots.get(who.index())?.as_ref().filter(|actor| actor.handle == who)
    }

    pub(crate) fn get_mut(&mut self, who: Handle) -> Option<&mut Actor> {
        self.slots.get_mut(who.index())?.as_mut().filter(|actor| actor.handle == who)
    }

    /// The fighter of an entity.
    pub(crate) fn find(&self, entity: EntityId) -> Option<Handle> {
        self.by_entity.get(&entity).copied()
    }

    /// In the order of their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.slots.iter().flatten()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Actor> {
        self.slots.iter_mut().flatten()
    }

    pub(crate) fn len(&self) -> usize {
        self.by_entity.len()
    }
}

#[cfg(test)]
mod tests {
    use rules::combat::{Arena, Creature, Sheet};
    use rules::{AbilityScores, Ruleset, content::srd};

    use super::*;

    fn handles(count: usize) -> Vec<Handle> {
        let mut arena = Arena::new(srd(), Ruleset::default());
        let sheet = Sheet::plain(1, AbilityScores::new([10; 6]));
        (0..count).map(|_| arena.add(Creature::new(sheet.clone(), 1))).collect()
    }

    #[test]
    fn the_least_grudge_gives_way_when_too_many_are_held() {
        let who = handles(9);
        let mut grudges = Grudges::default();
        for (index, by) in who[..8].iter().enumerate() {
            grudges.add(*by, 10 + index as u32);
        }
        grudges.add(who[0], 50);
        grudges.add(who[8], 1);
        assert_eq!((grudges.of(who[0]), grudges.of(who[1]), grudges.of(who[8])), (60, 0, 1));
    }

    #[test]
    fn a_deed_hands_on_its_targets_and_nobody_else() {
        let who = handles(3);
        let deed = Deed::new(Doing::Strike(Weapon::Best), who.iter().copied());
        assert_eq!(deed.aimed(|aim| aim.targets.to_vec()), who);
        assert!(Deed::new(Doing::Strike(Weapon::Best), []).aimed(|aim| aim.targets.is_empty()));
    }
}
