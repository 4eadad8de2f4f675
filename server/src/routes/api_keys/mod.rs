//! `api-keys`: keys by which programs call the API.

pub(super) mod create;
pub(super) mod list;
pub(super) mod revoke;
