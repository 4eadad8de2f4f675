//! Tries dead letters again.

use api::pipeline::RetryDeadLettersReply;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Asks for another try of one letter, or of all.
#[server(prefix = "/api/ui", endpoint = "pipelines/retry-dead-letters")]
pub(crate) async fn retry_dead_letters(
    pipeline: Uuid,
    letter: Option<Uuid>,
    reason: String,
) -> Result<RetryDeadLettersReply, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageEvents>()?;
    let actor = actor.because_of(&reason).map_err(crate::caller::refuse)?;
    let request = api::pipeline::RetryDeadLettersRequest { letter_id: letter };
    domain::pipelines::retry_dead_letters(&domain, &actor, pipeline, request)
        .await
        .map_err(crate::caller::refuse)
}
