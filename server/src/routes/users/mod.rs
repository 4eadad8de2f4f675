//! `users`: accounts, as staff look after them.

pub(super) mod change_role;
pub(super) mod create;
pub(super) mod disable;
pub(super) mod enable;
pub(super) mod end_session;
pub(super) mod end_sessions;
pub(super) mod give_role;
pub(super) mod impersonate;
pub(super) mod lift_sanction;
pub(super) mod list;
pub(super) mod list_characters;
pub(super) mod list_grants;
pub(super) mod list_sanctions;
pub(super) mod list_sessions;
pub(super) mod read;
pub(super) mod sanction;
pub(super) mod set_appeal;
pub(super) mod take_role;
