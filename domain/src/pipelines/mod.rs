//! Pipelines at work: streams are read, steps run, sums kept, sinks filled, each event counted once.
//!
//! What a pipeline *is* stands in `infra::pipelines`, without waiting or remembering. Here is what waits and remembers.
//! [`work`] runs a worker for each stream of each pipeline; several processes may do so and share the streams. A worker
//! takes a [batch](batch), in the [order](order) of each subject where order shows, and what the batch makes is [committed](commit) in one transaction together with the note
//! of which events were in it. It is acknowledged after that. So a kill at any point repeats work and never its
//! effect in the database; what leaves the house ([webhooks and files](deliver)) is told at least once, with an id that
//! stays the same.

mod batch;
mod commit;
mod dead_letters;
mod deliver;
mod feed;
mod get;
mod list;
mod load;
mod look_up;
mod order;
mod pause;
mod rows;
mod tail;
mod windows;
mod work;

pub(crate) use self::feed::describe_metrics;
pub use self::{
    batch::Stage,
    dead_letters::{list_dead_letters, retry_dead_letters},
    get::get,
    list::list,
    load::{FileError, Pipelines},
    pause::{pause, resume},
    rows::rows,
    tail::tail,
    work::{Watch, work},
};

use std::sync::Arc;

use infra::{
    events::{stream_of, topic_of},
    pipelines::{
        Pipeline,
        definition::{SinkDefinition, SourceDefinition},
    },
};
use store::{events::TOPICS, pipelines::EtlTable};
use uuid::Uuid;

use crate::{Domain, Error};

/// Under which name a pipeline reads streams, keeps its inbox and its dead letters.
fn consumer_of(pipeline: &Pipeline) -> String {
    format!("pipeline-{}", pipeline.id())
}

/// The streams that a pipeline reads.
fn streams_of(pipeline: &Pipeline) -> Vec<String> {
    match &pipeline.definition().source {
        SourceDefinition::Stream(name) => vec![name.clone()],
        SourceDefinition::Topic(pattern) => {
            let begins = pattern.trim_end_matches('*');
            let fits = |topic: &str| match begins.contains('.') {
                true => topic == topic_of(begins),
                false => topic.starts_with(begins),
            };
            TOPICS.iter().filter(|topic| fits(topic)).map(|topic| stream_of(topic)).collect()
        }
    }
}

/// The tables that a pipeline fills.
fn tables_of(pipeline: &Pipeline) -> Vec<EtlTable> {
    let tables = pipeline.sinks().iter().filter_map(|sink| match sink {
        SinkDefinition::Table(table) => Some(table),
        _ => None,
    });
    tables
        .map(|table| {
            let columns = match pipeline.window() {
                Some(window) => window.columns(),
                None => table.columns.iter().map(|(name, kind)| (name.clone(), *kind)).collect(),
            };
            EtlTable::new(&table.name, columns)
        })
        .collect()
}

fn find(domain: &Domain, id: Uuid) -> Result<Arc<Pipeline>, Error> {
    domain.pipelines().find(id).ok_or(Error::NotFound("pipeline"))
}
