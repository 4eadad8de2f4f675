//! All pipelines, and how they do.

use std::collections::HashMap;

use api::{
    List,
    pipeline::{PartRole, PipelinePart, PipelineView},
    right,
};
use infra::pipelines::{Pipeline, definition::Definition};
use serde_json::Value;
use store::{dead_letters::LetterState, pipelines::PipelineState};

use super::{consumer_of, streams_of, tables_of};
use crate::{Allowed, Domain, Error};

/// All pipelines of this installation.
///
/// # Errors
/// The database failed.
pub async fn list(domain: &Domain, _: &Allowed<right::ViewPipelines>) -> Result<List<PipelineView>, Error> {
    let states = store::pipelines::find_all(domain.store()).await?;
    let mut states: HashMap<_, _> = states.into_iter().map(|state| (state.id, state)).collect();
    let mut items = Vec::new();
    for pipeline in domain.pipelines().iter() {
        items.push(view(domain, pipeline, states.remove(&pipeline.id()).unwrap_or_default()).await?);
    }
    Ok(List::whole(items))
}

pub(super) async fn view(
    domain: &Domain,
    pipeline: &Pipeline,
    state: PipelineState,
) -> Result<PipelineView, Error> {
    let definition = pipeline.definition();
    let consumer = consumer_of(pipeline);
    Ok(PipelineView {
        id: pipeline.id(),
        name: definition.name.clone(),
        description: definition.description.clone(),
        parts: parts_of(definition),
        paused_at: state.paused_at,
        events_in: state.events_in,
        events_repeated: state.events_repeated,
        rows_out: state.rows_out,
        events_refused: state.events_refused,
        dead_letters: store::dead_letters::count(domain.store(), &consumer, LetterState::Open).await?,
        lag: lag_of(domain, pipeline, &consumer).await,
        last_event_at: state.last_event_at,
        checkpoint_at: state.checkpoint_at,
        error: state.error,
        error_at: state.error_at,
        tables: tables_of(pipeline).iter().map(|table| table.name().to_owned()).collect(),
    })
}

/// Entries that wait on the pipeline's streams; `None` if a stream does not answer.
async fn lag_of(domain: &Domain, pipeline: &Pipeline, consumer: &str) -> Option<u64> {
    let mut lag = 0;
    for stream in streams_of(pipeline) {
        let status = domain.streams().status(&stream).await.ok()?;
        let waiting = match status.groups.iter().find(|group| group.name == consumer) {
            Some(group) => group.pending + group.unread,
            None => status.length,
        };
        lag += waiting as u64;
    }
    Some(lag)
}

fn parts_of(definition: &Definition) -> Vec<PipelinePart> {
    let steps = definition.steps.iter().map(|step| (PartRole::Step, serde_json::to_value(step)));
    let sinks = definition.sinks.iter().map(|sink| (PartRole::Sink, serde_json::to_value(sink)));
    [(PartRole::Source, serde_json::to_value(&definition.source))]
        .into_iter()
        .chain(steps)
        .chain(sinks)
        .filter_map(|(role, value)| match value {
            // Every part is written as one key with its settings.
            Ok(Value::Object(fields)) => {
                let (kind, settings) = fields.into_iter().next()?;
                let text = match settings {
                    Value::String(text) => text,
                    other => serde_json::to_string_pretty(&other).unwrap_or_default(),
                };
                Some(PipelinePart { role, kind, text })
            }
            _ => None,
        })
        .collect()
}
