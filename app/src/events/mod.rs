//! The Events page: what happened in the house, in order, and how it hangs together.

mod event_list;
mod event_row;
mod list_events;
pub(crate) mod page;
