//! The Audit page: who did what on whom, why and from where, and whether the log is as it was written.

mod entries;
pub(crate) mod entry_row;
pub(crate) mod list_entries;
pub(crate) mod page;
mod spoken;
mod verified_badge;
mod verify_log;
mod wanted;
mod who_field;
