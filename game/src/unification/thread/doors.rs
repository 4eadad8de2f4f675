//! How players come in and go out. Nobody gets out of a fight by leaving: the body stays for it.

use std::sync::Arc;

use grid::EntityId;
use simulation::{Character, Command, PlayerJoin, Simulation};

use super::Region;
use crate::wire::{Enter, ReplyBody, SocketKey};

impl Region {
    /// A socket is gone: what needs the player's own hand ends.
    pub(super) fn let_go(&mut self, socket: SocketKey) {
        if let Some(entity) = self.seats.steered_by(socket) {
            self.part(entity);
        }
    }

    pub(super) fn enter(&mut self, enter: Enter, tick: u64) {
        let is_here = self.seats.is_taken(enter.entity) && self.saved.contains_key(&enter.entity);
        if let Some(before) = self.seats.take(enter.entity, enter.socket, tick) {
            self.reply(before, ReplyBody::Replaced);
        }
        tracing::info!(session = %enter.session, entity = %enter.entity, "player enters");
        if is_here {
            self.join(enter, None);
        } else {
            self.entering.push(enter);
        }
    }

    pub(super) fn join(&mut self, enter: Enter, character: Option<Arc<Character>>) {
        self.names.insert(enter.entity, enter.name.clone());
        // Who left a moment ago may be on the way to the database still.
        let departed = self.departed.remove(&enter.entity).map(|(position, _)| position);
        self.commands.push(Command::PlayerJoin(PlayerJoin {
            entity: enter.entity,
            name: enter.name.into(),
            race: enter.race,
            at: Some(departed.unwrap_or(enter.at)),
            character,
        }));
    }

    /// A player leaves for good.
    pub(super) fn take_leave(&mut self, socket: SocketKey, tick: u64) {
        self.let_go(socket);
        let fights = self.seats.steered_by(socket).is_some_and(|who| fights(&self.simulation, who));
        self.commands.extend(self.seats.give_up(socket, tick, fights));
    }

    /// Whoever has been away too long leaves.
    pub(super) fn clear_seats(&mut self, tick: u64) {
        let simulation = &self.simulation;
        self.commands.extend(self.seats.expire(tick, |who| fights(simulation, who)));
    }
}

/// Whether a player's character is in a fight.
fn fights(simulation: &Simulation, who: EntityId) -> bool {
    simulation.standing(who).is_some_and(|standing| standing.fights)
}
