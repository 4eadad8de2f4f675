//! The one set of components. Each is a file; each takes its colours from the tokens and works by keyboard.

pub(crate) mod badge;
pub(crate) mod button;
pub(crate) mod confirm;
pub(crate) mod dialog;
pub(crate) mod empty_state;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod identifier;
pub(crate) mod notice;
pub(crate) mod page_header;
pub(crate) mod progress_bar;
pub(crate) mod skeleton;
pub(crate) mod sparkline;
pub(crate) mod stat_card;
pub(crate) mod table;
pub(crate) mod tabs;
pub(crate) mod time;
pub mod toast;
