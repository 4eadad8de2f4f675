//! Players' characters: as they come in, and what the region does to them.

use std::sync::Arc;

use grid::{EntityId, EventId};
use simulation::{Character, Command, Event, Fact};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::Region;
use crate::{
    characters::{Aftermath, Change, KeepError, Kept},
    unification::{character, keeper::Errand},
    wire::{Enter, ReplyBody},
};

/// Errands that wait for a keeper who doesn't come along. Beyond, something is lost, and said to be.
const ERRANDS_WAITING_MAX: usize = 65_536;

impl Region {
    /// The character of who enters has come, or will not.
    pub(super) fn let_in(&mut self, enter: Enter, character: Result<Arc<Character>, KeepError>) {
        let entity = enter.entity;
        if !self.seats.is_taken(entity) {
            // Gone again, before the character was there.
            return;
        }
        match character {
            Ok(character) => {
                self.join(enter, Some(character));
                if self.seats.socket_of(entity).is_none() {
                    self.commands.push(Command::PlayerLinkdead { entity });
                }
            }
            Err(error) => {
                tracing::error!(%entity, error = &error as &dyn std::error::Error, "a player can't enter");
                self.reply_to_player(
                    entity,
                    match error {
                        KeepError::Gone(_) | KeepError::Unreadable { .. } | KeepError::Taken(_) => {
                            ReplyBody::NoCharacter
                        }
                        KeepError::Unavailable(_) => ReplyBody::CharacterAway,
                    },
                );
                self.seats.remove(entity);
            }
        }
    }

    /// Has kept what an event leaves to a character, if it does.
    pub(super) fn keep(&mut self, event: &Event) {
        let mut id = EventId::from_uuid(Uuid::now_v7());
        let (entity, change) = match *event {
            Event::Earned { entity, experience, by } => (entity, Change::Earned { experience, by }),
            Event::Worn { entity, ref wear } => (entity, Change::Worn(Arc::clone(wear))),
            Event::TookUp { entity, heap } => {
                // The heap's own id, so that it can't be had twice whatever happens.
                id = EventId::from_uuid(heap.uuid());
                (entity, Change::TookUp { heap, lot: self.lots.remove(&heap).unwrap_or_default() })
            }
            Event::Fought { entity, fact: Fact::Granted { item, count } }
                if self.simulation.standing(entity).is_some() =>
            {
                (entity, Change::Handed { item: item.to_string(), count })
            }
            _ => return self.keep_heap(event),
        };
        let aftermath = Aftermath { id, region: self.id, character: character(entity), change };
        self.errands.push_back(Errand::Keep(aftermath));
    }

    /// Something that befell a character is kept, so its player may know.
    pub(super) fn tell_kept(&self, aftermath: &Aftermath, kept: Kept) {
        let entity = EntityId::from_uuid(aftermath.character.uuid());
        match &aftermath.change {
            Change::Earned { experience, by } => {
                let (experience, by) = (*experience, *by);
                self.reply_to_player(entity, ReplyBody::Earned { experience, total: kept.experience, by });
            }
            Change::TookUp { heap, lot } => self.tell_looted(entity, *heap, lot),
            Change::Worn(_) | Change::Handed { .. } => {}
        }
    }

    /// Hands errands to the keeper, as many as it takes just now.
    pub(super) fn run_errands(&mut self) {
        while let Some(errand) = self.errands.pop_front() {
            if let Err(mpsc::error::TrySendError::Full(errand)) = self.ends.errands.try_send(errand) {
                self.errands.push_front(errand);
                break;
            }
        }
        while self.errands.len() > ERRANDS_WAITING_MAX {
            let lost = self.errands.pop_front();
            tracing::error!(?lost, "lost: the records have been away for too long");
        }
    }
}
