//! The rows, as the database library sees them. The modules by noun turn them into typed records.

pub(crate) mod account;
pub(crate) mod audit_entry;
pub(crate) mod character;
pub(crate) mod game_session;
pub(crate) mod game_ticket;
pub(crate) mod job;
pub(crate) mod session;
pub(crate) mod world;
