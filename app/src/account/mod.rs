//! The page of one's own account: who one is, what one signs in with, and where one is signed in.

mod change_password;
mod confirm_second_factor;
mod end_other_sessions;
mod end_session;
mod list_sessions;
pub(crate) mod page;
mod password_panel;
mod profile_panel;
mod recovery_codes;
mod remove_form;
mod remove_second_factor;
mod scan_form;
mod second_factor_panel;
mod send_verification;
mod sessions_panel;
mod set_up_second_factor;
mod setting_up;

#[cfg(feature = "ssr")]
mod qr_code;
