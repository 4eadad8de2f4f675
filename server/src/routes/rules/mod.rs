//! The rules' content.

pub(super) mod coverage;
pub(super) mod encounter;
pub(super) mod list;
pub(super) mod newcomers;
pub(super) mod read;
