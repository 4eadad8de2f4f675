//! What a region remembers of its fights, for staff who look on or ask afterwards. It is a ring in memory: the newest records
//! stay, and a region that starts anew begins with none.

use std::{collections::HashMap, collections::VecDeque, sync::Arc};

use chrono::{DateTime, Utc};
use grid::{EntityId, EventId};
use simulation::{EntityView, Event, Fact};
use uuid::Uuid;

/// Records that a region remembers at least, as long as it has had so many. A fight of ten makes some ten a second.
pub const COMBAT_LOG_RECORDS: usize = 20_000;

/// Something that happened in a fight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CombatRecord {
    /// Its id; later records have greater ones.
    pub id: EventId,
    /// The tick that it happened in.
    pub tick: u64,
    /// When that was.
    pub at: DateTime<Utc>,
    /// To whom.
    pub who: Party,
    /// Who else took part.
    pub other: Option<Party>,
    /// What.
    pub deed: CombatDeed,
}

/// Somebody in a record, by the name of that time: they may be gone when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub entity: EntityId,
    /// What they were called; empty if nobody knows any more.
    pub name: Arc<str>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CombatDeed {
    /// What the rules tell.
    Fact(Fact),
    /// They fell to 0 hit points.
    Fell,
    /// They died.
    Died,
    /// They live again.
    Revived,
    /// They earned experience by a death.
    Earned(u32),
}

/// The records of one net tick.
#[derive(Clone, Debug)]
pub struct CombatPage {
    /// The net tick.
    pub tick: u64,
    /// What happened since the page before, in order.
    pub records: Arc<[CombatRecord]>,
}

/// The pages that are remembered, oldest first.
#[derive(Debug, Default)]
pub(super) struct CombatLog {
    pages: VecDeque<CombatPage>,
    records: usize,
}

impl CombatLog {
    /// Adds a page; the oldest go that are not needed for what is promised.
    pub(super) fn add(&mut self, page: CombatPage) {
        self.records += page.records.len();
        self.pages.push_back(page);
        while let Some(oldest) = self.pages.front()
            && self.records - oldest.records.len() >= COMBAT_LOG_RECORDS
        {
            self.records -= oldest.records.len();
            self.pages.pop_front();
        }
    }

    /// The pages after a tick, oldest first.
    pub(super) fn since(&self, tick: u64) -> Vec<CombatPage> {
        let first = self.pages.partition_point(|page| page.tick <= tick);
        self.pages.range(first..).cloned().collect()
    }
}

/// What happened since the last net tick and is to be remembered.
#[derive(Debug, Default)]
pub(super) struct CombatNotes {
    notes: Vec<(u64, Event)>,
}

impl CombatNotes {
    /// Notes an event, if it is one of a fight.
    pub(super) fn note(&mut self, tick: u64, event: &Event) {
        if deed_of(event).is_some() {
            self.notes.push((tick, event.clone()));
        }
    }

    /// Makes a page of what was noted, with names by those who stand in the region now and those who did at the net tick before.
    pub(super) fn turn_page(
        &mut self,
        tick: u64,
        now: &[EntityView],
        before: &[EntityView],
    ) -> Option<CombatPage> {
        if self.notes.is_empty() {
            return None;
        }
        let mut names: HashMap<EntityId, Option<Arc<str>>> = HashMap::new();
        for (_, event) in &self.notes {
            names.insert(event.entity(), None);
            names.extend(other_of(event).map(|other| (other, None)));
        }
        for view in before.iter().chain(now) {
            if let Some(name) = names.get_mut(&view.entity) {
                *name = Some(Arc::clone(&view.name));
            }
        }
        let party = |entity: EntityId| {
            let name = names.get(&entity).cloned().flatten().unwrap_or_default();
            Party { entity, name }
        };
        let at = Utc::now();
        let records = self.notes.drain(..).filter_map(|(tick, event)| {
            let (who, other) = (party(event.entity()), other_of(&event).map(party));
            let id = EventId::from_uuid(Uuid::now_v7());
            Some(CombatRecord { id, tick, at, who, other, deed: deed_of(&event)? })
        });
        Some(CombatPage { tick, records: records.collect() })
    }
}

/// What is remembered of an event. What stores and purses lose is no part of the story.
const fn deed_of(event: &Event) -> Option<CombatDeed> {
    Some(match *event {
        Event::Fought { fact: Fact::Spent { .. } | Fact::Granted { .. }, .. } => return None,
        Event::Fought { fact, .. } => CombatDeed::Fact(fact),
        Event::Fell { .. } => CombatDeed::Fell,
        Event::Died { .. } => CombatDeed::Died,
        Event::Revived { .. } => CombatDeed::Revived,
        Event::Earned { experience, .. } => CombatDeed::Earned(experience),
        _ => return None,
    })
}

/// Who else takes part; nobody is who has left.
fn other_of(event: &Event) -> Option<EntityId> {
    let other = match *event {
        Event::Fell { by, .. } | Event::Died { by, .. } | Event::Earned { by, .. } => by,
        Event::Fought { fact, .. } => match fact {
            Fact::Attacked { target, .. } => target,
            Fact::Damaged { by, .. }
            | Fact::Healed { by, .. }
            | Fact::Applied { by, .. }
            | Fact::Summoned { by } => by,
            _ => return None,
        },
        _ => return None,
    };
    (!other.uuid().is_nil() && other != event.entity()).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(number: u128) -> EntityId {
        EntityId::from_uuid(Uuid::from_u128(number))
    }

    fn page(tick: u64, deaths: u128) -> CombatPage {
        let mut notes = CombatNotes::default();
        for number in 1..=deaths {
            notes.note(tick, &Event::Died { entity: entity(number), by: entity(0) });
        }
        notes.turn_page(tick, &[], &[]).expect("there were deaths")
    }

    #[test]
    fn the_oldest_are_forgotten_and_never_more_than_need_be() {
        let mut log = CombatLog::default();
        for tick in 1..=4 {
            log.add(page(tick * 3, COMBAT_LOG_RECORDS as u128 / 2));
        }
        let ticks: Vec<u64> = log.since(0).iter().map(|page| page.tick).collect();
        assert_eq!(ticks, [9, 12]);
        assert_eq!(log.since(9).len(), 1);
        assert!(log.since(12).is_empty());
    }

    #[test]
    fn what_is_no_part_of_a_fight_is_not_remembered_and_nobody_is_no_party() {
        let mut notes = CombatNotes::default();
        notes.note(1, &Event::UnknownPlayer { entity: entity(1) });
        assert!(notes.turn_page(3, &[], &[]).is_none());
        let page = page(3, 2);
        assert!(page.records.iter().all(|record| record.other.is_none()));
        assert!(page.records[0].id < page.records[1].id, "in order by their ids");
    }
}
