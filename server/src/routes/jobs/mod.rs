//! `jobs/…`: background jobs, their queue and their schedules.

pub(super) mod cancel;
pub(super) mod create_schedule;
pub(super) mod list;
pub(super) mod list_schedules;
pub(super) mod pause_queue;
pub(super) mod pause_schedule;
pub(super) mod read;
pub(super) mod read_queue;
pub(super) mod remove_schedule;
pub(super) mod resume_queue;
pub(super) mod resume_schedule;
pub(super) mod retry;
pub(super) mod start;
