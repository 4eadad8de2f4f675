//! Finding out whether the database still takes what is written, by writing a little.
//!
//! A database that answers questions may still refuse every change: its disk is full, it became read-only, or a transaction
//! that nobody ends has the lock. So a lease that nobody else wants is taken and given back, in a transaction of its
//! own that is committed, since what is undone never comes near the disk. Nothing of it remains.
//!
//! To wait is no illness: whoever sweeps a large table may keep other writers of a SQLite file out for a moment. Only
//! when no trial came through for [`WAIT_MAX`], the database counts as one that can't be written.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{ActiveValue::Set, EntityTrait};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{Store, StoreError, entity::lease, records::sealed::Sealed as _};

/// How long whoever asks waits for a trial. Health gives each part not much more.
const ANSWER_LIMIT: Duration = Duration::from_secs(1);
/// How long trials in a row may wait for their turn; a SQLite writer gives up after as long.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// What is known of writing.
#[derive(Debug, Default)]
pub(crate) struct WriteTrials {
    /// Held by the trial that is under way. One is enough, also when those who wait for it have left.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Since when trials wait, if none has come through since.
    waiting_since: Mutex<Option<Instant>>,
}

impl WriteTrials {
    fn begin(&self) {
        self.waiting_since.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
    }

    fn came_through(&self) {
        *self.waiting_since.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn is_patient(&self) -> Result<(), StoreError> {
        let since = *self.waiting_since.lock().unwrap_or_else(PoisonError::into_inner);
        match since.map(|since| since.elapsed()) {
            Some(waited) if waited > WAIT_MAX => {
                let reason = format!("nothing could be written for {} s", waited.as_secs());
                Err(StoreError::Unreachable(reason))
            }
            _ => Ok(()),
        }
    }
}

/// Writes a little, or sees how long that has been waiting for its turn.
///
/// # Errors
/// The database refuses what is written, or has let nobody write for [`WAIT_MAX`].
pub(crate) async fn can_write(store: &Store) -> Result<(), StoreError> {
    let Ok(turn) = Arc::clone(&store.write_trials().turn).try_lock_owned() else {
        return store.write_trials().is_patient();
    };
    store.write_trials().begin();
    // On a task of its own, so that a trial goes on, and stays the only one, when its asker is gone.
    let trial = tokio::spawn({
        let store = store.clone();
        async move {
            let outcome = write_a_little(&store).await;
            if outcome.is_ok() {
                store.write_trials().came_through();
            }
            drop(turn);
            outcome
        }
    });
    match timeout(ANSWER_LIMIT, trial).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Err(StoreError::Unreachable(error.to_string())),
        Err(_) => store.write_trials().is_patient(),
    }
}

async fn write_a_little(store: &Store) -> Result<(), StoreError> {
    let name = format!("write_trial.{}", Uuid::now_v7());
    let row =
        lease::ActiveModel { name: Set(name.clone()), holder: Set(Uuid::nil()), until: Set(crate::now()) };
    let transaction = store.begin().await?;
    lease::Entity::insert(row).exec_without_returning(transaction.connection()).await?;
    lease::Entity::delete_by_id(name).exec(transaction.connection()).await?;
    transaction.commit().await
}
