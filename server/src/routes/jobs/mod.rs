//! `jobs/…`: background jobs.

pub(super) mod cancel;
pub(super) mod list;
pub(super) mod read;
pub(super) mod start;
