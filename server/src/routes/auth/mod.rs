//! `auth`: accounts and sign-ins.

pub(super) mod change_password;
pub(super) mod confirm_totp;
pub(super) mod end_impersonation;
pub(super) mod end_other_sessions;
pub(super) mod end_session;
pub(super) mod forget_password;
pub(super) mod jwks;
pub(super) mod list_sessions;
pub(super) mod login;
pub(super) mod logout;
pub(super) mod me;
pub(super) mod refresh;
pub(super) mod register;
pub(super) mod remove_totp;
pub(super) mod reset_password;
pub(super) mod send_verification;
pub(super) mod set_up_totp;
pub(super) mod verify_email;
