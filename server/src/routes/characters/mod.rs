//! `characters/…`: players' characters.

pub(super) mod create;
pub(super) mod list;
pub(super) mod read;
