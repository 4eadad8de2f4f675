//! Where creatures and what lies on them are kept.
//!
//! Everything sits in slots that are used again, so a fight that goes on allocates nothing.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::content::{Library, srd};
use crate::language::{Effect, Event, Modifier, Op, Path};
use crate::vocabulary::State;
use crate::{Id, Ruleset};

use super::{
    Creature, Lasting,
    creature::ActiveModifier,
    lasting::{EffectKey, ZoneState},
    play::Scratch,
};

/// The name of a creature in an arena. It stays invalid when its creature has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Handle {
    pub(super) index: u32,
    pub(super) generation: u32,
}

impl Handle {
    /// A small number for tables that are indexed by creature; used again after the creature has left.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Slot<'c> {
    generation: u32,
    creature: Option<Box<Creature<'c>>>,
}

/// The creatures of a place, and the effects and zones among them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "WrittenArena<'c>")]
pub struct Arena<'c> {
    #[serde(skip)]
    pub(super) library: &'c Library,
    /// The rules that this arena plays by.
    #[serde(skip)]
    pub ruleset: Ruleset,
    slots: Vec<Slot<'c>>,
    free: Vec<u32>,
    pub(super) effects: Vec<Option<Lasting<'c>>>,
    free_effects: Vec<u32>,
    /// Those of the effects, in order, that end when whoever laid them lets go: few among the many that are innate.
    #[serde(skip)]
    leashed: Vec<EffectKey>,
    pub(super) zones: Vec<Option<ZoneState<'c>>>,
    /// Whose turn it is, or whose intent is played.
    pub(super) acting: Option<Handle>,
    /// The number of the turn that runs, for "once a turn".
    pub(super) turn: u32,
    /// Turns that have begun.
    pub(super) turns: u32,
    /// How many creatures listen for each event of others: most of the time nobody does.
    #[serde(skip)]
    watchers: [u32; 64],
    #[serde(skip)]
    pub(super) scratch: Scratch,
}

/// An arena of the embedded library and the default rules, as it is read.
#[derive(Deserialize)]
struct WrittenArena<'c> {
    slots: Vec<Slot<'c>>,
    free: Vec<u32>,
    effects: Vec<Option<Lasting<'c>>>,
    free_effects: Vec<u32>,
    zones: Vec<Option<ZoneState<'c>>>,
    acting: Option<Handle>,
    turn: u32,
    turns: u32,
}

/// Bytes tell of an arena that can't be.
#[derive(Debug, thiserror::Error)]
#[error("an arena's lists contradict each other")]
struct Contradiction;

impl<'c> TryFrom<WrittenArena<'c>> for Arena<'c> {
    type Error = Contradiction;

    fn try_from(written: WrittenArena<'c>) -> Result<Self, Contradiction> {
        let WrittenArena { slots, free, effects, free_effects, zones, acting, turn, turns } = written;
        let is_free = |index: &u32| slots.get(*index as usize).is_some_and(|slot| slot.creature.is_none());
        let has_no_effect = |index: &u32| effects.get(*index as usize).is_some_and(Option::is_none);
        let bears = |slot: &Slot<'_>| {
            let held = |key: &EffectKey| effects.get(key.0 as usize).is_some_and(Option::is_some);
            slot.creature.as_ref().is_none_or(|creature| {
                creature.effects.iter().all(held)
                    && creature.zones.iter().all(|zone| (*zone as usize) < zones.len())
            })
        };
        let is_held =
            |lasting: &Lasting<'_>| lasting.held_by.is_none_or(|zone| (zone as usize) < zones.len());
        let sound = free.iter().all(is_free)
            && are_different(&free)
            && free_effects.iter().all(has_no_effect)
            && are_different(&free_effects)
            && slots.iter().all(bears)
            && effects.iter().flatten().all(is_held);
        if !sound {
            return Err(Contradiction);
        }
        let is_leashed = |key: &EffectKey| {
            effects.get(key.0 as usize).and_then(Option::as_ref).is_some_and(Lasting::is_leashed)
        };
        let leashed = (0..effects.len() as u32).map(EffectKey).filter(is_leashed).collect();
        let mut arena = Arena {
            slots,
            free,
            effects,
            free_effects,
            leashed,
            zones,
            acting,
            turn,
            turns,
            ..Self::new(srd(), Ruleset::default())
        };
        let here: Vec<Handle> = arena.creatures().map(|(handle, _)| handle).collect();
        for handle in here {
            arena.refresh(handle);
        }
        Ok(arena)
    }
}

fn are_different(numbers: &[u32]) -> bool {
    let mut seen = HashSet::new();
    numbers.iter().all(|number| seen.insert(number))
}

impl<'c> Arena<'c> {
    /// An empty place.
    #[must_use]
    pub fn new(library: &'c Library, ruleset: Ruleset) -> Self {
        Self {
            library,
            ruleset,
            slots: Vec::new(),
            free: Vec::new(),
            effects: Vec::new(),
            free_effects: Vec::new(),
            leashed: Vec::new(),
            zones: Vec::new(),
            acting: None,
            turn: 0,
            turns: 0,
            watchers: [0; 64],
            scratch: Scratch::default(),
        }
    }

    /// The content that is played.
    #[must_use]
    pub const fn library(&self) -> &'c Library {
        self.library
    }

    /// Adds a creature; its features begin to count.
    pub fn add(&mut self, creature: Creature<'c>) -> Handle {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot { generation: 0, creature: None });
            self.slots.len() as u32 - 1
        });
        let slot = &mut self.slots[index as usize];
        slot.creature = Some(Box::new(creature));
        let handle = Handle { index, generation: slot.generation };
        self.refresh(handle);
        handle
    }

    /// Takes a creature out, with all that lies on it. What it laid on others stays until it ends.
    pub fn remove(&mut self, handle: Handle) -> Option<Box<Creature<'c>>> {
        self.get(handle)?;
        let slot = &mut self.slots[handle.index as usize];
        let creature = slot.creature.take()?;
        slot.generation += 1;
        self.free.push(handle.index);
        for key in &creature.effects {
            self.free_effect(*key);
        }
        self.count_watchers(creature.listens, 0);
        for zone in &mut self.zones {
            if zone.as_ref().is_some_and(|zone| zone.source == handle) {
                *zone = None;
            }
        }
        Some(creature)
    }

    /// The creature, if it is still there.
    #[must_use]
    #[inline]
    pub fn get(&self, handle: Handle) -> Option<&Creature<'c>> {
        let slot = self.slots.get(handle.index as usize)?;
        if slot.generation == handle.generation { slot.creature.as_deref() } else { None }
    }

    /// The creature, to change it.
    #[inline]
    pub fn get_mut(&mut self, handle: Handle) -> Option<&mut Creature<'c>> {
        let slot = self.slots.get_mut(handle.index as usize)?;
        if slot.generation == handle.generation { slot.creature.as_deref_mut() } else { None }
    }

    /// All creatures, in the order of their slots.
    pub fn creatures(&self) -> impl Iterator<Item = (Handle, &Creature<'c>)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let handle = Handle { index: index as u32, generation: slot.generation };
            Some((handle, slot.creature.as_deref()?))
        })
    }

    /// An effect that lies on somebody.
    #[must_use]
    #[inline]
    pub fn effect(&self, key: EffectKey) -> Option<&Lasting<'c>> {
        self.effects.get(key.0 as usize)?.as_ref()
    }

    /// What lies on a creature.
    pub fn effects_on(&self, handle: Handle) -> impl Iterator<Item = (EffectKey, &Lasting<'c>)> {
        let keys = self.get(handle).map_or(&[][..], |creature| &creature.effects);
        keys.iter().filter_map(|key| Some((*key, self.effect(*key)?)))
    }

    pub(super) fn add_effect(&mut self, lasting: Lasting<'c>) -> EffectKey {
        let is_leashed = lasting.is_leashed();
        let key = if let Some(index) = self.free_effects.pop() {
            self.effects[index as usize] = Some(lasting);
            EffectKey(index)
        } else {
            self.effects.push(Some(lasting));
            EffectKey(self.effects.len() as u32 - 1)
        };
        if is_leashed && let Err(place) = self.leashed.binary_search(&key) {
            self.leashed.insert(place, key);
        }
        key
    }

    /// The first effect from `from` on that somebody laid and that ends when it lets go.
    pub(super) fn next_leashed(&self, from: EffectKey, by: Handle) -> Option<(EffectKey, &Lasting<'c>)> {
        let place = self.leashed.partition_point(|key| *key < from);
        let mut held = self.leashed[place..].iter().filter_map(|key| Some((*key, self.effect(*key)?)));
        held.find(|(_, lasting)| lasting.source == by)
    }

    pub(super) fn free_effect(&mut self, key: EffectKey) -> Option<Lasting<'c>> {
        let lasting = self.effects.get_mut(key.0 as usize)?.take();
        if lasting.is_some() {
            self.free_effects.push(key.0);
            if let Ok(place) = self.leashed.binary_search(&key) {
                self.leashed.remove(place);
            }
        }
        lasting
    }

    /// Works out anew what counts for a creature: modifiers, conditions, states, and what it listens to.
    pub(super) fn refresh(&mut self, handle: Handle) {
        let Some(creature) = self.get_mut(handle) else { return };
        let listened = creature.listens;
        let mut gathered = Gathered {
            modifiers: std::mem::take(&mut creature.modifiers),
            conditions: std::mem::take(&mut creature.conditions),
            granted: 0,
            denied: 0,
            listens: creature.reacts_to,
        };
        gathered.modifiers.clear();
        gathered.conditions.clear();
        let keys = std::mem::take(&mut creature.effects);
        let library = self.library;
        for key in &keys {
            if let Some(lasting) = self.effect(*key) {
                if library.condition(lasting.id).is_some() {
                    gathered.conditions.push(lasting.id);
                }
                gathered.take(library, lasting.effect, *key, handle, self, 0);
            }
        }
        let Some(creature) = self.get_mut(handle) else { return };
        creature.effects = keys;
        creature.mask = gathered.modifiers.iter().fold(0, |mask, active| mask | active.modifier.path.bit());
        creature.modifiers = gathered.modifiers;
        creature.conditions = gathered.conditions;
        creature.states = gathered.granted & !gathered.denied;
        creature.listens = gathered.listens;
        let listens = creature.listens;
        self.count_watchers(listened, listens);
    }

    /// Whether anybody listens for an event.
    #[inline]
    pub(super) const fn is_watched(&self, event: Event) -> bool {
        self.watchers[event as usize] > 0
    }

    fn count_watchers(&mut self, before: u64, after: u64) {
        let mut changed = before ^ after;
        while changed != 0 {
            let bit = changed.trailing_zeros() as usize;
            changed &= changed - 1;
            if after & (1 << bit) != 0 {
                self.watchers[bit] += 1;
            } else {
                self.watchers[bit] -= 1;
            }
        }
    }

    /// Whether a condition can't be laid on a creature.
    pub(super) fn is_immune_to(&self, creature: &Creature<'c>, condition: Id) -> bool {
        creature.sheet.condition_immune.contains(&condition)
            || creature.effects.iter().filter_map(|key| self.effect(*key)).any(|lasting| {
                lasting.effect.modifiers.iter().any(|modifier| {
                    modifier.path == Path::ConditionImmune(condition)
                        && modifier.op == Op::Grant
                        && modifier.when.is_none()
                })
            })
    }
}

/// What is gathered while effects are gone through.
struct Gathered<'c> {
    modifiers: Vec<ActiveModifier<'c>>,
    conditions: Vec<Id>,
    granted: u128,
    denied: u128,
    listens: u64,
}

impl<'c> Gathered<'c> {
    fn take(
        &mut self,
        library: &'c Library,
        effect: &'c Effect,
        key: EffectKey,
        bearer: Handle,
        arena: &Arena<'c>,
        depth: u8,
    ) {
        // Content can't nest conditions in a ring, and no sensible one nests them deeper.
        if depth > 4 {
            return;
        }
        for modifier in &effect.modifiers {
            self.take_modifier(modifier, key);
        }
        for trigger in &effect.triggers {
            self.listens |= trigger.on.bit();
        }
        for ending in &effect.ends_on {
            self.listens |= ending.bit();
        }
        if let Some(save) = &effect.save_ends {
            self.listens |= save.at.bit();
        }
        if effect.ends_when.is_some() {
            let looked_at = [Event::TurnStart, Event::TurnEnd, Event::Damaged, Event::Moves];
            self.listens |= looked_at.iter().fold(0, |bits, event| bits | event.bit());
        }
        for id in &effect.conditions {
            let immune = arena.get(bearer).is_some_and(|creature| {
                creature.sheet.condition_immune.contains(id)
                    || arena.is_immune_to(creature, *id)
                    // The list of effects is lent out while it is gone through.
                    || self.modifiers.iter().any(|active| {
                        active.modifier.path == Path::ConditionImmune(*id)
                            && active.modifier.op == Op::Grant
                            && active.modifier.when.is_none()
                    })
            });
            if immune {
                continue;
            }
            if let Some(condition) = library.condition(*id) {
                let is_new = !self.conditions.contains(id);
                if is_new {
                    self.conditions.push(*id);
                    self.take(library, &condition.gives, key, bearer, arena, depth + 1);
                }
            }
        }
    }

    fn take_modifier(&mut self, modifier: &'c Modifier, key: EffectKey) {
        if let Path::State(state) = modifier.path
            && modifier.when.is_none()
        {
            match modifier.op {
                Op::Deny => self.denied |= state.bit(),
                _ => self.granted |= state.bit(),
            }
            return;
        }
        self.modifiers.push(ActiveModifier { modifier, effect: key });
    }
}

impl State {
    /// The bit of this state in a set of states.
    #[must_use]
    pub const fn bit(self) -> u128 {
        1 << self as u128
    }
}
