//! Events that a pipeline could make nothing of: shown, and tried again.

use api::{
    List,
    pipeline::{DeadLetterView, RetryDeadLettersReply, RetryDeadLettersRequest},
    right,
};
use grid::EventId;
use serde_json::json;
use store::dead_letters::{DeadLetter, LetterState};
use uuid::Uuid;

use super::{batch::Worker, commit, consumer_of, find};
use crate::{Allowed, Domain, Error, audit};

/// Letters of a page.
const PAGE_LETTERS: usize = 50;
/// Letters that a worker tries again before it goes on with what is new.
const AGAIN_MAX: u64 = 50;

/// A page of a pipeline's dead letters, the newest first; `cursor` is the `next` of the page before.
///
/// # Errors
/// [`Error::NotFound`] for an unknown pipeline, [`Error::InvalidField`] for a cursor that is none of ours.
pub async fn list_dead_letters(
    domain: &Domain,
    _: &Allowed<right::ViewEvents>,
    pipeline: Uuid,
    cursor: Option<String>,
) -> Result<List<DeadLetterView>, Error> {
    let consumer = consumer_of(&*find(domain, pipeline)?);
    let before = cursor.map(|text| text.parse::<EventId>()).transpose().map_err(|_| Error::InvalidField {
        field: "cursor",
        message: "must be the `next` of the page before".to_owned(),
    })?;
    let limit = PAGE_LETTERS as u64 + 1;
    let mut letters =
        store::dead_letters::list(domain.store(), &consumer, LetterState::Open, before, limit).await?;
    let has_more = letters.len() > PAGE_LETTERS;
    letters.truncate(PAGE_LETTERS);
    let next = letters.last().filter(|_| has_more).map(|letter| letter.id.to_string());
    Ok(List { items: letters.into_iter().map(view).collect(), next })
}

/// Asks for another try of a dead letter, or of all.
///
/// # Errors
/// [`Error::NotFound`] for an unknown pipeline, or a letter that does not wait there.
pub async fn retry_dead_letters(
    domain: &Domain,
    actor: &Allowed<right::ManageEvents>,
    pipeline: Uuid,
    request: RetryDeadLettersRequest,
) -> Result<RetryDeadLettersReply, Error> {
    let consumer = consumer_of(&*find(domain, pipeline)?);
    let transaction = domain.store().begin().await?;
    let queued = store::dead_letters::queue(&transaction, &consumer, request.letter_id).await?;
    if queued == 0 && request.letter_id.is_some() {
        return Err(Error::NotFound("dead letter"));
    }
    let details = json!({ "letter_id": request.letter_id, "queued": queued });
    audit::note(&transaction, actor, "pipeline.retry_dead_letters", format!("pipeline {pipeline}"), details)
        .await?;
    transaction.commit().await?;
    Ok(RetryDeadLettersReply { id: pipeline, queued })
}

fn view(letter: DeadLetter) -> DeadLetterView {
    DeadLetterView {
        id: letter.id,
        event_id: letter.envelope.id,
        kind: letter.envelope.kind,
        data: letter.envelope.data,
        step: letter.step,
        reason: letter.reason,
        attempts: letter.attempts,
        failed_at: letter.failed_at,
    }
}

/// Tries the letters again that someone asked for.
pub(super) async fn try_again(worker: &Worker) -> Result<(), Error> {
    let store = worker.domain.store();
    let consumer = consumer_of(&worker.pipeline);
    for letter in store::dead_letters::list(store, &consumer, LetterState::Queued, None, AGAIN_MAX).await? {
        let reckoned = worker.reckon(vec![letter.envelope.clone()], &[]).await?;
        match reckoned.refused.first() {
            None => {
                if commit::commit_letter(worker, letter.id, &reckoned).await? {
                    worker.tell(&reckoned);
                }
            }
            Some(refused) => {
                let (step, reason) = (refused.step.as_str(), refused.reason.as_str());
                store::dead_letters::fail_again(store, letter.id, step, reason, store::now()).await?;
            }
        }
    }
    Ok(())
}
