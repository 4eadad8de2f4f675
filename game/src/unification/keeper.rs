//! The characters' way between the thread and those who keep them.
//!
//! One errand after the other: whoever fetches a character gets it with all that happened before, and whoever asks how one
//! stands is answered when that is kept.

use std::{sync::Arc, time::Duration};

use simulation::{Character, Standing};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::sleep,
};

use super::Mail;
use crate::{
    characters::{Aftermath, CharacterKeeper, KeepError},
    chronicle::Page,
    wire::Enter,
};

/// Errands that wait; what doesn't fit stays with the thread.
const ERRANDS_MAX: usize = 4_096;
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Attempts to fetch a character before its player is sent away, to come back later.
const FETCH_ATTEMPTS: u32 = 5;
/// Attempts for what is left when the region has stopped.
const LAST_ATTEMPTS: u32 = 5;

/// What the thread has done.
#[derive(Debug)]
pub(super) enum Errand {
    /// Something is to be kept; answered by [`Mail::Kept`].
    Keep(Aftermath),
    /// What happened in fights is to be written down.
    Chronicle(Page),
    /// The character of who enters; answered by [`Mail::Fetched`].
    Fetch(Box<Enter>),
    /// How somebody stands, for those who ask, once all that led to it is kept.
    Report(oneshot::Sender<Option<Standing>>, Option<Standing>),
}

/// Starts the task; it ends when the sender is dropped and all is kept, or can't be.
pub(super) fn start(
    keeper: Arc<dyn CharacterKeeper>,
    mailbox: mpsc::Sender<Mail>,
) -> (mpsc::Sender<Errand>, JoinHandle<()>) {
    let (sender, mut errands) = mpsc::channel(ERRANDS_MAX);
    let task = tokio::spawn(async move {
        while let Some(errand) = errands.recv().await {
            // A region that has stopped reads no letters.
            match errand {
                Errand::Keep(aftermath) => {
                    if let Some(kept) = keep(&*keeper, &aftermath, &errands).await {
                        let _ = mailbox.send(Mail::Kept(aftermath, kept)).await;
                    }
                }
                Errand::Chronicle(page) => chronicle(&*keeper, &page, &errands).await,
                Errand::Fetch(enter) => {
                    let character = fetch(&*keeper, &enter).await;
                    let _ = mailbox.send(Mail::Fetched(enter, character)).await;
                }
                Errand::Report(answer, standing) => {
                    let _ = answer.send(standing);
                }
            }
        }
    });
    (sender, task)
}

/// Keeps it, however long the records are away; once the region has stopped, not for ever.
async fn keep(
    keeper: &dyn CharacterKeeper,
    aftermath: &Aftermath,
    errands: &mpsc::Receiver<Errand>,
) -> Option<crate::Kept> {
    let mut last_attempts = 0;
    loop {
        let error = match keeper.keep(aftermath).await {
            Ok(kept) => {
                metrics::counter!("realmkeep_aftermaths_kept_total").increment(1);
                return Some(kept);
            }
            Err(error) => error,
        };
        metrics::counter!("realmkeep_aftermath_failures_total").increment(1);
        last_attempts += u32::from(errands.is_closed());
        let is_final = !matches!(error, KeepError::Unavailable(_)) || last_attempts >= LAST_ATTEMPTS;
        tracing::error!(error = &error as &dyn std::error::Error, ?aftermath, is_final, "can't be kept");
        if is_final {
            return None;
        }
        sleep(RETRY_AFTER).await;
    }
}

/// Writes it down, however long the records are away; once the region has stopped, not for ever.
async fn chronicle(keeper: &dyn CharacterKeeper, page: &Page, errands: &mpsc::Receiver<Errand>) {
    let mut last_attempts = 0;
    while let Err(error) = keeper.chronicle(page).await {
        last_attempts += u32::from(errands.is_closed());
        let is_final = last_attempts >= LAST_ATTEMPTS;
        let feats = page.feats.len();
        tracing::warn!(error = &error as &dyn std::error::Error, feats, is_final, "can't be chronicled");
        if is_final {
            return;
        }
        sleep(RETRY_AFTER).await;
    }
}

async fn fetch(keeper: &dyn CharacterKeeper, enter: &Enter) -> Result<Arc<Character>, KeepError> {
    let mut attempts = 1;
    loop {
        match keeper.character(super::character(enter.entity)).await {
            Err(KeepError::Unavailable(_)) if attempts < FETCH_ATTEMPTS => {
                attempts += 1;
                sleep(RETRY_AFTER).await;
            }
            outcome => return outcome,
        }
    }
}
