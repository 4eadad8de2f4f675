//! `game/…`: the way into the game.

pub(super) mod create_ticket;
