//! The API keys page: keys of programs, with what each may do and when it was last used.

mod create_dialog;
mod create_key;
mod key_list;
mod key_row;
mod list_keys;
mod new_key;
pub(crate) mod page;
mod revoke_key;
