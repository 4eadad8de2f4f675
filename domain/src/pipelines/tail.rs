//! The newest events for a pipeline, and what its steps make of them.
//!
//! Steps remember nothing, so they are run once more for whoever looks: it costs the workers nothing, and it is the same
//! wherever they are. Nothing is counted by it.

use std::collections::HashSet;

use api::{
    pipeline::{PipelineTail, StepPassage, TailEvent},
    right,
};
use infra::{
    events::Envelope,
    pipelines::{Passage, Pipeline, definition::SourceDefinition},
};
use serde_json::Value;
use store::events::EventQuery;
use uuid::Uuid;

use super::{batch::record_of, consumer_of, find, look_up::LookUp};
use crate::{Allowed, Domain, Error};

/// Events that are shown.
const EVENTS_MAX: usize = 20;
/// Characters of a value that are shown.
const VALUE_CHARS_MAX: usize = 2_000;

/// The newest events for a pipeline and what its steps make of each, whether it has taken them in or not.
///
/// # Errors
/// [`Error::NotFound`] if there is no such pipeline; the database or the stream failed.
pub async fn tail(domain: &Domain, _: &Allowed<right::ViewEvents>, id: Uuid) -> Result<PipelineTail, Error> {
    let pipeline = find(domain, id)?;
    let newest = newest(domain, &pipeline).await?;
    let ids: Vec<Uuid> = newest.iter().map(|event| event.id).collect();
    let waiting = store::events::filter_unseen(domain.store(), &consumer_of(&pipeline), &ids).await?;
    let mut events = Vec::with_capacity(newest.len());
    for event in &newest {
        events.push(follow(domain, &pipeline, event, &waiting).await?);
    }
    Ok(PipelineTail { id, events })
}

/// The newest events first.
async fn newest(domain: &Domain, pipeline: &Pipeline) -> Result<Vec<Envelope>, Error> {
    match &pipeline.definition().source {
        SourceDefinition::Topic(pattern) => {
            let wanted = EventQuery { kind: Some(pattern.clone()), ..EventQuery::default() };
            let found = store::events::list(domain.store(), &wanted, EVENTS_MAX as u64).await?;
            Ok(found.into_iter().map(|event| event.envelope).collect())
        }
        SourceDefinition::Stream(stream) => {
            let entries = domain.streams().newest(stream, EVENTS_MAX).await?;
            Ok(entries.iter().filter_map(|(_, payload)| serde_json::from_slice(payload).ok()).collect())
        }
    }
}

async fn follow(
    domain: &Domain,
    pipeline: &Pipeline,
    event: &Envelope,
    waiting: &HashSet<Uuid>,
) -> Result<TailEvent, Error> {
    let trace = pipeline.trace(record_of(event), &LookUp(domain.store())).await?;
    Ok(TailEvent {
        event_id: event.id,
        kind: event.kind.clone(),
        at: event.time,
        taken_in: !waiting.contains(&event.id),
        passages: trace.passages.iter().map(shown).collect(),
        refused: trace.refused.map(|refused| format!("{}: {}", refused.step, refused.reason)),
    })
}

fn shown(passage: &Passage) -> StepPassage {
    let texts = |values: &[Value]| values.iter().map(text_of).collect();
    StepPassage { input: texts(&passage.input), output: texts(&passage.output) }
}

fn text_of(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
