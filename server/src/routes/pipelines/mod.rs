//! Pipelines.

pub(super) mod list;
pub(super) mod list_dead_letters;
pub(super) mod list_rows;
pub(super) mod pause;
pub(super) mod read;
pub(super) mod read_tail;
pub(super) mod resume;
pub(super) mod retry_dead_letters;
