//! The Infrastructure page: which nodes run, how they are, and the exchange of one driver for another.

mod change_dialog;
mod history_dialog;
mod list_kinds;
mod list_nodes;
mod node_card;
mod node_list;
pub(crate) mod page;
mod read_history;
mod revert_deed;
mod revert_node;
mod settings;
mod settings_form;
mod swap_node;
mod swap_steps;
