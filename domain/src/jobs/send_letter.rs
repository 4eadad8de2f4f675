//! Sends a letter to an account.
//!
//! The secret in a letter is made here and goes out with it. Neither the job's row nor the queue ever holds it, and each
//! attempt makes one of its own, which voids the one before. So a letter that was sent twice works by its newer copy.

use std::time::Duration;

use api::job::LetterKind;
use chrono::TimeDelta;
use grid::AccountId;
use infra::mail::SendError;

use super::progress::{Progress, Stopped};
use crate::{Error, jobs::run::JobRun, letters};

/// A letter that could not be sent for so long is given up. Mail servers give each other about as much.
const PATIENCE: TimeDelta = TimeDelta::days(2);
/// The pauses of a letter that is put off: as long as it has waited already, within these bounds.
const PUT_OFF_MIN: Duration = Duration::from_secs(60);
const PUT_OFF_MAX: Duration = Duration::from_secs(30 * 60);

pub(super) async fn run(run: &JobRun<'_>, letter: LetterKind, account: AccountId) -> Result<(), Stopped> {
    let mut progress = Progress::begin(run.domain, run.job, run.shutdown, 1).await?;
    let post = run.domain.post();
    if let Some(pause) = post.away_for() {
        return Err(Stopped::Later { pause, reason: "waits until the mail server takes letters".to_owned() });
    }
    let account =
        store::accounts::find(run.domain.store(), account).await?.ok_or(Error::NotFound("account"))?;
    if letters::is_settled(letter, &account) {
        return progress.step().await;
    }
    let sent = letters::send(run.domain, letter, &account).await?;
    metrics::counter!(letters::SENT, "outcome" => outcome(&sent)).increment(1);
    let waited = store::now() - run.asked_at;
    let (pause, error) = match sent {
        Ok(()) => {
            post.is_back();
            return progress.step().await;
        }
        Err(SendError::Refused(reason)) => return Err(Stopped::Hopeless(format!("refused: {reason}"))),
        Err(error @ SendError::PutOff(_)) => {
            let waited = waited.to_std().unwrap_or_default();
            (waited.clamp(PUT_OFF_MIN, PUT_OFF_MAX), error)
        }
        Err(error @ SendError::Away(_)) => (post.is_away(), error),
    };
    if waited > PATIENCE {
        return Err(Stopped::Hopeless(format!("given up after {} days: {error}", PATIENCE.num_days())));
    }
    Err(Stopped::Later { pause, reason: error.to_string() })
}

const fn outcome(sent: &Result<(), SendError>) -> &'static str {
    match sent {
        Ok(()) => "sent",
        Err(SendError::Refused(_)) => "refused",
        Err(SendError::PutOff(_)) => "put_off",
        Err(SendError::Away(_)) => "away",
    }
}
