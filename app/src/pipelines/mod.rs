//! The Pipelines page: what is made of events, how it flows, and what got stuck.

mod dead_letters;
mod deed;
mod flow_graph;
mod list_dead_letters;
mod list_pipelines;
mod list_rows;
pub(crate) mod page;
mod pause_pipeline;
mod pipeline_card;
mod pipeline_list;
mod read_tail;
mod retry_dead_letters;
mod rows;
mod tail;
mod throughput;
