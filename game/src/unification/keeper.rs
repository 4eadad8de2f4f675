//! The characters' way between the thread and those who keep them.
//!
//! One errand after the other: whoever fetches a character gets it with all that happened before, and whoever asks how one
//! stands is answered when that is kept.

use std::{fmt, sync::Arc, time::Duration};

use grid::{EntityId, RegionId};
use simulation::Standing;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::sleep,
};

use super::Mail;
use crate::{
    belongings::{Deal, Heap},
    characters::{Aftermath, CharacterKeeper, KeepError},
    chronicle::Page,
    wire::Enter,
};

/// Errands that wait; what doesn't fit stays with the thread.
const ERRANDS_MAX: usize = 4_096;
/// How long to wait after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Attempts to fetch a character before its player is sent away, to come back later; and to recall what lies about.
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
    /// Something was left behind.
    Leave(Heap),
    /// A heap has vanished.
    Clear(EntityId),
    /// What lies in the region from before; answered by [`Mail::Recalled`].
    Recall(RegionId),
    /// Two characters exchange something; answered by [`Mail::Exchanged`].
    Exchange(Deal),
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
                    if let Some(kept) = insist(&errands, &aftermath, || keeper.keep(&aftermath)).await {
                        metrics::counter!("realmkeep_aftermaths_kept_total").increment(1);
                        let _ = mailbox.send(Mail::Kept(aftermath, kept)).await;
                    }
                }
                Errand::Chronicle(page) => chronicle(&*keeper, &page, &errands).await,
                Errand::Leave(heap) => {
                    insist(&errands, &heap, || keeper.leave(&heap)).await;
                }
                Errand::Clear(heap) => {
                    insist(&errands, &heap, || keeper.clear(heap)).await;
                }
                Errand::Recall(region) => match ask(|| keeper.heaps(region)).await {
                    Ok(heaps) => {
                        let _ = mailbox.send(Mail::Recalled(heaps)).await;
                    }
                    // What has not vanished until then lies there when the region starts the next time.
                    Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "heaps are away"),
                },
                Errand::Exchange(deal) => {
                    if let Some(outcome) = insist(&errands, &deal, || keeper.exchange(&deal)).await {
                        let _ = mailbox.send(Mail::Exchanged(deal, outcome)).await;
                    }
                }
                Errand::Fetch(enter) => {
                    let id = super::character(enter.entity);
                    let character = ask(|| keeper.character(id)).await;
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

/// Has something kept, however long the records are away; once the region has stopped, not for ever.
async fn insist<T, F>(
    errands: &mpsc::Receiver<Errand>,
    what: &(impl fmt::Debug + Sync),
    attempt: impl Fn() -> F + Send + Sync,
) -> Option<T>
where
    F: Future<Output = Result<T, KeepError>> + Send,
{
    let mut last_attempts = 0;
    loop {
        let error = match attempt().await {
            Ok(done) => return Some(done),
            Err(error) => error,
        };
        metrics::counter!("realmkeep_aftermath_failures_total").increment(1);
        last_attempts += u32::from(errands.is_closed());
        let is_final = !matches!(error, KeepError::Unavailable(_)) || last_attempts >= LAST_ATTEMPTS;
        tracing::error!(error = &error as &dyn std::error::Error, ?what, is_final, "can't be kept");
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

/// Asks for something, a few times if the records are away.
async fn ask<T, F>(attempt: impl Fn() -> F + Send + Sync) -> Result<T, KeepError>
where
    F: Future<Output = Result<T, KeepError>> + Send,
{
    let mut attempts = 1;
    loop {
        match attempt().await {
            Err(KeepError::Unavailable(_)) if attempts < FETCH_ATTEMPTS => {
                attempts += 1;
                sleep(RETRY_AFTER).await;
            }
            outcome => return outcome,
        }
    }
}
