//! The log of events.

pub(super) mod list;
