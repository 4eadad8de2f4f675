//! `audit`: who did what.

pub(super) mod export;
pub(super) mod list;
pub(super) mod verify;
