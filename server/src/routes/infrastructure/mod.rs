//! `infrastructure/…`: nodes and their exchange.

pub(super) mod list_kinds;
pub(super) mod list_nodes;
pub(super) mod read_history;
pub(super) mod read_node;
pub(super) mod revert_node;
pub(super) mod swap_node;
