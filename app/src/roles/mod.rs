//! The Roles page: which role may do what, and the roles that this installation makes for itself.

mod bench;
mod bench_panel;
mod change_role;
mod create_role;
mod deed;
pub(crate) mod list_roles;
mod matrix;
pub(crate) mod page;
mod remove_role;
mod role_head;
