//! Who steers which player, by which socket of which gateway.
//!
//! A character is in the region once, whatever sockets claim it: the newest wins, the one before is told. A player without a
//! socket keeps the seat for a while. Time is counted in ticks, so a region that is slowed is patient.

use std::collections::{BTreeMap, HashMap};

use grid::{EntityId, NodeId};
use simulation::Command;

use crate::wire::SocketKey;

/// All seats of a region.
#[derive(Debug)]
pub(super) struct Seats {
    patience: Patience,
    seats: BTreeMap<EntityId, Seat>,
    sockets: HashMap<SocketKey, EntityId>,
    gateways: BTreeMap<NodeId, u64>,
}

/// How long what is waited for, in ticks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// A player whose socket dropped.
    pub(super) linkdead: u64,
    /// A body in a fight that its player has left.
    pub(super) fight: u64,
    /// A gateway that says nothing.
    pub(super) gateway: u64,
}

#[derive(Clone, Copy, Debug)]
enum Seat {
    Steered(SocketKey),
    /// Nobody steers. Who has said goodbye does not come back, as far as is known, and stays for a fight alone.
    Empty {
        since_tick: u64,
        for_good: bool,
    },
}

impl Seats {
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, seats: BTreeMap::new(), sockets: HashMap::new(), gateways: BTreeMap::new() }
    }

    /// A socket takes a player's seat. Returns the socket that had it.
    pub(super) fn take(&mut self, entity: EntityId, socket: SocketKey, tick: u64) -> Option<SocketKey> {
        self.hear_from(socket.gateway, tick);
        self.sockets.insert(socket, entity);
        match self.seats.insert(entity, Seat::Steered(socket)) {
            Some(Seat::Steered(before)) if before != socket => {
                self.sockets.remove(&before);
                Some(before)
            }
            _ => None,
        }
    }

    /// Whether a player has a seat, with a socket or without.
    pub(super) fn is_taken(&self, entity: EntityId) -> bool {
        self.seats.contains_key(&entity)
    }

    /// Whom a socket steers.
    pub(super) fn steered_by(&self, socket: SocketKey) -> Option<EntityId> {
        self.sockets.get(&socket).copied()
    }

    /// Which socket steers a player.
    pub(super) fn socket_of(&self, entity: EntityId) -> Option<SocketKey> {
        match self.seats.get(&entity)? {
            Seat::Steered(socket) => Some(*socket),
            Seat::Empty { .. } => None,
        }
    }

    /// A socket is gone; the seat is kept for a while. `None` if another socket has it already.
    pub(super) fn leave_empty(&mut self, socket: SocketKey, tick: u64) -> Option<Command> {
        let entity = self.sockets.remove(&socket)?;
        self.seats.insert(entity, Seat::Empty { since_tick: tick, for_good: false });
        Some(Command::PlayerLinkdead { entity })
    }

    /// A player leaves for good: at once, or when the fight is over that the body is in.
    pub(super) fn give_up(&mut self, socket: SocketKey, tick: u64, fights: bool) -> Option<Command> {
        let entity = self.sockets.remove(&socket)?;
        if fights {
            self.seats.insert(entity, Seat::Empty { since_tick: tick, for_good: true });
            return Some(Command::PlayerLinkdead { entity });
        }
        self.seats.remove(&entity);
        Some(Command::PlayerLeave { entity })
    }

    /// Forgets a player who is not in the region.
    pub(super) fn remove(&mut self, entity: EntityId) {
        if let Some(Seat::Steered(socket)) = self.seats.remove(&entity) {
            self.sockets.remove(&socket);
        }
    }

    /// A gateway is known to run.
    pub(super) fn hear_from(&mut self, gateway: NodeId, tick: u64) {
        self.gateways.insert(gateway, tick);
    }

    /// What the passing of time does: players of silent gateways drop, and seats that were empty too long are cleared. Nobody gets out of a
    /// fight by leaving: whose body fights stays until that is over, or so long at most as is waited for fights.
    pub(super) fn expire(&mut self, tick: u64, fights: impl Fn(EntityId) -> bool) -> Vec<Command> {
        let mut commands = Vec::new();
        let silence = self.patience.gateway;
        let silent: Vec<_> = self
            .gateways
            .iter()
            .filter(|(_, heard)| tick - **heard > silence)
            .map(|(gateway, _)| *gateway)
            .collect();
        for gateway in silent {
            self.gateways.remove(&gateway);
            let mut orphans: Vec<_> =
                self.sockets.keys().filter(|socket| socket.gateway == gateway).copied().collect();
            orphans.sort_unstable();
            commands.extend(orphans.into_iter().filter_map(|socket| self.leave_empty(socket, tick)));
        }
        let Patience { linkdead, fight, .. } = self.patience;
        self.seats.retain(|entity, seat| {
            let Seat::Empty { since_tick, for_good } = *seat else { return true };
            let empty = tick - since_tick;
            let waits = if for_good { 0 } else { linkdead };
            let is_over = empty >= waits && (empty >= fight.max(waits) || !fights(*entity));
            if is_over {
                commands.push(Command::PlayerLeave { entity: *entity });
            }
            !is_over
        });
        commands
    }

    /// All sockets, in order.
    pub(super) fn sockets(&self) -> Vec<SocketKey> {
        let mut sockets: Vec<_> = self.sockets.keys().copied().collect();
        sockets.sort_unstable();
        sockets
    }

    /// How many players have a socket.
    pub(super) fn steered_count(&self) -> usize {
        self.sockets.len()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const WREN: EntityId = EntityId::from_uuid(Uuid::from_u128(1));

    fn socket(number: u64) -> SocketKey {
        SocketKey { gateway: NodeId::from_uuid(Uuid::from_u128(9)), number }
    }

    fn seats() -> Seats {
        Seats::new(Patience { linkdead: 10, fight: 40, gateway: 100 })
    }

    const fn at_peace(_: EntityId) -> bool {
        false
    }

    fn left(commands: &[Command]) -> usize {
        commands.iter().filter(|command| matches!(command, Command::PlayerLeave { .. })).count()
    }

    #[test]
    fn the_newest_socket_wins_and_the_old_one_can_not_take_the_player_down() {
        let mut seats = seats();
        assert_eq!(seats.take(WREN, socket(1), 1), None);
        assert_eq!(seats.take(WREN, socket(2), 2), Some(socket(1)));
        assert!(seats.leave_empty(socket(1), 3).is_none(), "its drop comes too late");
        assert!(seats.give_up(socket(1), 3, false).is_none());
        assert_eq!(seats.socket_of(WREN), Some(socket(2)));
        assert_eq!(seats.steered_by(socket(1)), None);
    }

    #[test]
    fn an_empty_seat_is_kept_for_a_while() {
        let mut seats = seats();
        seats.take(WREN, socket(1), 1);
        assert!(matches!(seats.leave_empty(socket(1), 5), Some(Command::PlayerLinkdead { entity: WREN })));
        assert!(seats.expire(14, at_peace).is_empty());
        assert_eq!(left(&seats.expire(15, at_peace)), 1);
        assert_eq!(left(&seats.expire(16, at_peace)), 0, "once");
    }

    #[test]
    fn nobody_gets_out_of_a_fight_by_leaving() {
        let mut seats = seats();
        let fights = |_: EntityId| true;
        seats.take(WREN, socket(1), 1);
        seats.leave_empty(socket(1), 5);
        assert!(seats.expire(20, fights).is_empty(), "she would have been gone");
        assert_eq!(left(&seats.expire(21, at_peace)), 1, "the fight is over");

        seats.take(WREN, socket(2), 30);
        let goodbye = seats.give_up(socket(2), 31, true);
        assert!(matches!(goodbye, Some(Command::PlayerLinkdead { entity: WREN })));
        assert!(seats.expire(70, fights).is_empty());
        assert_eq!(left(&seats.expire(71, fights)), 1, "no fight holds for ever");

        seats.take(WREN, socket(3), 80);
        seats.give_up(socket(3), 81, true);
        assert_eq!(left(&seats.expire(82, at_peace)), 1, "she has said goodbye, and the fight is over");
    }

    #[test]
    fn who_comes_back_in_time_stays() {
        let mut seats = seats();
        seats.take(WREN, socket(1), 1);
        seats.leave_empty(socket(1), 5);
        assert_eq!(seats.take(WREN, socket(2), 9), None);
        assert!(seats.expire(50, at_peace).is_empty());
    }

    #[test]
    fn players_of_a_silent_gateway_drop_and_then_leave() {
        let mut seats = seats();
        seats.take(WREN, socket(1), 1);
        assert!(seats.expire(101, at_peace).is_empty());
        let dropped = seats.expire(102, at_peace);
        assert!(matches!(dropped[..], [Command::PlayerLinkdead { entity: WREN }]));
        assert_eq!(left(&seats.expire(112, at_peace)), 1);
    }
}
