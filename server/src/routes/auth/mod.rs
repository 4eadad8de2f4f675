//! `auth/…`: accounts and their logins.

pub(super) mod login;
pub(super) mod logout;
pub(super) mod me;
pub(super) mod refresh;
pub(super) mod register;
