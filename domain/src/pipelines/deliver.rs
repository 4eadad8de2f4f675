//! Sinks outside of the database: webhooks and files of JSON lines.
//!
//! They are told before the commit, so that nothing is lost, and once more after a kill in between: at least once.
//! Each result carries an id that stays the same (`Idempotency-Key`, and `id` in a file), so that the other side can
//! tell. A webhook that refuses for good makes a dead letter; one that is away is asked again with growing pauses, and
//! the pipeline waits meanwhile.

use std::{collections::HashMap, path::PathBuf, time::Duration};

use infra::{
    https::Caller,
    pipelines::{
        Pipeline, Refused,
        definition::{SinkDefinition, WebhookDefinition},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tokio::{fs, io::AsyncWriteExt as _, time::sleep};
use uuid::Uuid;

use super::batch::Outcome;
use crate::{Domain, Error};

/// How long a webhook may take for its answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const PAUSE_MAX: Duration = Duration::from_secs(15);

/// The sinks of a pipeline that stand outside of the database.
pub(super) struct Deliveries {
    pipeline: String,
    webhooks: Vec<Webhook>,
    files: Vec<PathBuf>,
}

/// A webhook, ready to be called.
struct Webhook {
    definition: WebhookDefinition,
    token: Option<SecretString>,
    caller: Caller,
}

/// Why a webhook did not take a result.
struct Undelivered {
    reason: String,
    /// Whether asking again can't help.
    for_good: bool,
}

impl Deliveries {
    /// Finds the tokens and files that a pipeline's sinks name.
    ///
    /// # Errors
    /// A token's variable is not set, or the folder can't be made.
    pub(super) fn new(domain: &Domain, pipeline: &Pipeline) -> Result<Self, Error> {
        let (mut webhooks, mut files) = (Vec::new(), Vec::new());
        for sink in pipeline.sinks() {
            match sink {
                SinkDefinition::Webhook(webhook) => webhooks.push(Webhook::new(pipeline, webhook)?),
                SinkDefinition::File { name } => {
                    let folder = &domain.settings().pipelines.files;
                    std::fs::create_dir_all(folder).map_err(|error| {
                        Error::Internal(format!("{} can't be made: {error}", folder.display()))
                    })?;
                    files.push(folder.join(format!("{name}.ndjson")));
                }
                SinkDefinition::Table(_) | SinkDefinition::Stream { .. } | SinkDefinition::Metric(_) => {}
            }
        }
        Ok(Self { pipeline: pipeline.id().to_string(), webhooks, files })
    }

    /// Hands results to all sinks; gives back those that all have, and the events of the others.
    ///
    /// # Errors
    /// A file can't be written; the batch is tried again.
    pub(super) async fn deliver(&self, results: Vec<Outcome>) -> Result<(Vec<Outcome>, Vec<Refused>), Error> {
        if self.webhooks.is_empty() && self.files.is_empty() {
            return Ok((results, Vec::new()));
        }
        let mut refused = HashMap::new();
        for result in &results {
            for webhook in &self.webhooks {
                if refused.contains_key(&result.event) {
                    break;
                }
                if let Err(reason) = self.call_until_taken(webhook, result).await {
                    let step = "webhook".to_owned();
                    refused.insert(result.event, Refused { event: result.event, step, reason });
                }
            }
        }
        let taken: Vec<_> =
            results.into_iter().filter(|result| !refused.contains_key(&result.event)).collect();
        for file in &self.files {
            append(file, &taken).await?;
            self.count("file", "taken", taken.len());
        }
        Ok((taken, refused.into_values().collect()))
    }

    async fn call_until_taken(&self, webhook: &Webhook, result: &Outcome) -> Result<(), String> {
        let mut pause = FIRST_PAUSE;
        let mut attempt = 0;
        loop {
            let Err(undelivered) = webhook.call(result).await else {
                self.count("webhook", "taken", 1);
                return Ok(());
            };
            if undelivered.for_good || attempt == webhook.definition.retries {
                self.count("webhook", "refused", 1);
                return Err(undelivered.reason);
            }
            self.count("webhook", "again", 1);
            attempt += 1;
            sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
    }

    fn count(&self, sink: &'static str, outcome: &'static str, results: usize) {
        let labels =
            [("pipeline", self.pipeline.clone()), ("sink", sink.to_owned()), ("outcome", outcome.to_owned())];
        metrics::counter!("realmkeep_pipeline_deliveries_total", &labels).increment(results as u64);
    }
}

impl Webhook {
    fn new(pipeline: &Pipeline, definition: &WebhookDefinition) -> Result<Self, Error> {
        let caller = Caller::new(ANSWER_LIMIT, definition.ca_file.as_deref())?;
        Ok(Self { definition: definition.clone(), token: token_of(pipeline, definition)?, caller })
    }

    async fn call(&self, result: &Outcome) -> Result<(), Undelivered> {
        let again = |reason: String| Undelivered { reason, for_good: false };
        let (key, bearer) = (
            id_of(result).to_string(),
            self.token.as_ref().map(|token| format!("Bearer {}", token.expose_secret())),
        );
        let mut headers = vec![("content-type", "application/json"), ("idempotency-key", key.as_str())];
        headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
        let body = result.value.to_string().into();
        let answer = self.caller.post(&self.definition.url, &headers, body).await;
        let status = answer.map_err(|error| again(error.to_string()))?;
        if status.is_success() {
            return Ok(());
        }
        // 408: it was too slow to read; 429: it has had too much. Either may pass.
        let passing = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
        Err(Undelivered { reason: format!("the webhook answered {status}"), for_good: !passing })
    }
}

fn token_of(pipeline: &Pipeline, webhook: &WebhookDefinition) -> Result<Option<SecretString>, Error> {
    let Some(name) = &webhook.token_env else { return Ok(None) };
    match std::env::var(name) {
        Ok(token) if !token.is_empty() => Ok(Some(SecretString::from(token))),
        _ => Err(Error::Internal(format!(
            "pipeline {}: the variable {name}, which holds a webhook's token, is not set",
            pipeline.definition().name
        ))),
    }
}

/// The id that a result has wherever it goes.
fn id_of(result: &Outcome) -> Uuid {
    Uuid::new_v5(&result.event, result.name.as_bytes())
}

/// Adds results to a file, flushed before anything is committed.
async fn append(file: &PathBuf, results: &[Outcome]) -> Result<(), Error> {
    if results.is_empty() {
        return Ok(());
    }
    let lines: String = results
        .iter()
        .map(|result| {
            let value: &Value = &result.value;
            format!("{}\n", json!({ "id": id_of(result), "result": value }))
        })
        .collect();
    let written = async {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(file).await?;
        file.write_all(lines.as_bytes()).await?;
        file.sync_data().await
    };
    written.await.map_err(|error: std::io::Error| {
        Error::Internal(format!("{} can't be written: {error}", file.display()))
    })
}
