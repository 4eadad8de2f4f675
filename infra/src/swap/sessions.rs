//! A session store changes hands: while sessions are copied, every change is made on both sides.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::time::sleep;
use uuid::Uuid;

use super::{Exchange, GATE_WAIT, Seated, State};
use crate::{
    node::{Node, NodeError, seat::Seat},
    sessions::{SessionPage, SessionRecord, SessionStore, SharedSessions},
};

/// Sessions that are copied in one go, while nobody changes any.
const STEP: usize = 10;

/// The seat of a session store.
#[derive(Debug)]
pub struct SessionSeat {
    seat: Seat<dyn SessionStore>,
    /// The driver that is about to take the seat.
    next: Mutex<Option<SharedSessions>>,
    /// Why a change could not be made on the other side.
    missed: Mutex<Option<NodeError>>,
    moved: AtomicU64,
}

impl SessionSeat {
    /// Gives the seat to a driver.
    #[must_use]
    pub fn new(driver: SharedSessions) -> Arc<Self> {
        Arc::new(Self {
            seat: Seat::new(driver),
            next: Mutex::default(),
            missed: Mutex::default(),
            moved: AtomicU64::default(),
        })
    }

    /// The store, for callers.
    #[must_use]
    pub fn sessions(self: &Arc<Self>) -> SharedSessions {
        Arc::new(Seated(Arc::clone(self)))
    }

    fn next(&self) -> MutexGuard<'_, Option<SharedSessions>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn missed(&self) -> MutexGuard<'_, Option<NodeError>> {
        self.missed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a change on both sides while sessions move. The present store alone decides whether there is one.
    async fn on_both<T, F>(&self, change: impl Fn(SharedSessions) -> F + Send + Sync) -> Result<T, NodeError>
    where
        T: Outcome,
        F: Future<Output = Result<T, NodeError>> + Send,
    {
        let _held = self.seat.hold().await;
        let outcome = change(self.seat.present()).await?;
        let next = self.next().clone();
        if let Some(next) = next
            && outcome.is_change()
            && let Err(error) = change(next).await
        {
            *self.missed() = Some(error);
        }
        Ok(outcome)
    }

    /// Copies sessions as they are at this moment.
    async fn copy(
        &self,
        ids: &[Uuid],
        old: &dyn SessionStore,
        next: &dyn SessionStore,
    ) -> Result<(), NodeError> {
        let gate = loop {
            match self.seat.close_within(GATE_WAIT).await {
                Some(gate) => break gate,
                None => sleep(GATE_WAIT).await,
            }
        };
        for id in ids {
            if let Some(mut session) = old.find(*id).await? {
                // Another process may have crossed before, and the session may have gone on over there.
                if let Some(there) = next.find(*id).await? {
                    session.catch_up(&there);
                }
                next.put(&session).await?;
                self.moved.fetch_add(1, Ordering::Relaxed);
            }
        }
        drop(gate);
        Ok(())
    }
}

/// What a change answers.
trait Outcome: Send {
    /// Whether there was one: of all who replace a session, those who lost changed nothing.
    fn is_change(&self) -> bool {
        true
    }
}

impl Outcome for () {}
impl Outcome for u64 {}
impl Outcome for bool {
    fn is_change(&self) -> bool {
        *self
    }
}

#[async_trait]
impl Exchange for Arc<SessionSeat> {
    type Driver = dyn SessionStore;

    fn seat(&self) -> &Seat<dyn SessionStore> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    fn expect(&self, next: &SharedSessions) {
        *self.next() = Some(Arc::clone(next));
    }

    async fn move_ahead(&self, old: &dyn SessionStore, next: &dyn SessionStore) -> Result<(), NodeError> {
        if self.moved.load(Ordering::Relaxed) > 0 {
            // Copied before; since then both sides have had every change.
            return Ok(());
        }
        let mut cursor = None;
        loop {
            let page = old.page(cursor).await?;
            let ids: Vec<Uuid> = page.sessions.iter().map(|session| session.id).collect();
            for step in ids.chunks(STEP) {
                self.copy(step, old, next).await?;
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    async fn move_rest(
        &self,
        _old: &dyn SessionStore,
        _next: &dyn SessionStore,
        _state: State,
    ) -> Result<(), NodeError> {
        match self.missed().take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn seated(&self, _old: &dyn SessionStore, _next: &dyn SessionStore) {}

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        *self.next() = None;
        *self.missed() = None;
        BTreeMap::from([("sessions", self.moved.swap(0, Ordering::Relaxed))])
    }
}

#[async_trait]
impl SessionStore for Seated<Arc<SessionSeat>> {
    async fn put(&self, session: &SessionRecord) -> Result<(), NodeError> {
        self.0.on_both(|store| async move { store.put(session).await }).await
    }

    async fn find_by_hash(&self, token_hash: &str) -> Result<Option<SessionRecord>, NodeError> {
        self.0.seat.present().find_by_hash(token_hash).await
    }

    async fn find(&self, id: Uuid) -> Result<Option<SessionRecord>, NodeError> {
        self.0.seat.present().find(id).await
    }

    async fn find_live_of_family(
        &self,
        family_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<SessionRecord>, NodeError> {
        self.0.seat.present().find_live_of_family(family_id, now).await
    }

    async fn replace(
        &self,
        id: Uuid,
        successor: &SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<bool, NodeError> {
        self.0.on_both(|store| async move { store.replace(id, successor, now).await }).await
    }

    async fn keep_until(&self, id: Uuid, expires_at: DateTime<Utc>) -> Result<(), NodeError> {
        self.0.on_both(|store| async move { store.keep_until(id, expires_at).await }).await
    }

    async fn revoke_family(&self, family_id: Uuid, now: DateTime<Utc>) -> Result<u64, NodeError> {
        self.0.on_both(|store| async move { store.revoke_family(family_id, now).await }).await
    }

    async fn revoke_account(
        &self,
        account_id: Uuid,
        except_family: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<u64, NodeError> {
        self.0
            .on_both(|store| async move { store.revoke_account(account_id, except_family, now).await })
            .await
    }

    async fn of_account(
        &self,
        account_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRecord>, NodeError> {
        self.0.seat.present().of_account(account_id, now).await
    }

    async fn page(&self, cursor: Option<String>) -> Result<SessionPage, NodeError> {
        self.0.seat.present().page(cursor).await
    }

    async fn purge(&self, before: DateTime<Utc>) -> Result<u64, NodeError> {
        self.0.on_both(|store| async move { store.purge(before).await }).await
    }
}
