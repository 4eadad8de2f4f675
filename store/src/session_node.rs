//! The session store's embedded driver: sessions in the records' own database.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use infra::{
    Node, NodeError,
    nodes::{Drivers, Sessions, table::NoSettings},
    sessions::{PAGE_MAX, SessionKind as NodeKind, SessionPage, SessionRecord, SessionStore, SharedSessions},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    sessions::{self, Session, SessionKind},
};

/// Sessions in the database, beside the accounts.
#[derive(Clone)]
pub struct DatabaseSessions {
    store: Store,
}

impl DatabaseSessions {
    /// The sessions of that database.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// A seat's embedded store, and the way to make it again.
    #[must_use]
    pub fn choices(store: &Store) -> Sessions {
        let (embedded, store) = (Arc::new(Self::new(store.clone())), store.clone());
        let drivers = Drivers::new().with("database", move |_: NoSettings, _| {
            let made: SharedSessions = Arc::new(Self::new(store.clone()));
            async move { Ok(made) }
        });
        Sessions { embedded, drivers }
    }

    fn explain(&self, error: &StoreError) -> NodeError {
        let (place, reason) = (self.place(), error.to_string());
        match error {
            StoreError::Unreachable(_) => NodeError::Unreachable { place, reason },
            _ => NodeError::Failed { place, reason },
        }
    }
}

impl fmt::Debug for DatabaseSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseSessions").field("place", &self.store.place()).finish()
    }
}

#[async_trait]
impl Node for DatabaseSessions {
    fn driver(&self) -> &'static str {
        "database"
    }

    fn place(&self) -> String {
        self.store.place().to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.store.probe().await.map_err(|error| self.explain(&error))
    }
}

#[async_trait]
impl SessionStore for DatabaseSessions {
    async fn put(&self, session: &SessionRecord) -> Result<(), NodeError> {
        sessions::put(&self.store, &session.into()).await.map_err(|error| self.explain(&error))
    }

    async fn find_by_hash(&self, token_hash: &str) -> Result<Option<SessionRecord>, NodeError> {
        let found = sessions::find_by_hash(&self.store, token_hash).await;
        Ok(found.map_err(|error| self.explain(&error))?.map(SessionRecord::from))
    }

    async fn find(&self, id: Uuid) -> Result<Option<SessionRecord>, NodeError> {
        let found = sessions::find(&self.store, SessionId::from_uuid(id)).await;
        Ok(found.map_err(|error| self.explain(&error))?.map(SessionRecord::from))
    }

    async fn find_live_of_family(
        &self,
        family_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<SessionRecord>, NodeError> {
        let found = sessions::find_live_of_family(&self.store, family_id, now).await;
        Ok(found.map_err(|error| self.explain(&error))?.map(SessionRecord::from))
    }

    async fn replace(
        &self,
        id: Uuid,
        successor: &SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<bool, NodeError> {
        let replaced = async {
            let transaction = self.store.begin().await?;
            let (id, next) = (SessionId::from_uuid(id), SessionId::from_uuid(successor.id));
            if !sessions::replace(&transaction, id, next, now).await? {
                return Ok(false);
            }
            sessions::insert(&transaction, &successor.into()).await?;
            transaction.commit().await?;
            Ok(true)
        };
        replaced.await.map_err(|error| self.explain(&error))
    }

    async fn keep_until(&self, id: Uuid, expires_at: DateTime<Utc>) -> Result<(), NodeError> {
        sessions::keep_until(&self.store, SessionId::from_uuid(id), expires_at)
            .await
            .map_err(|error| self.explain(&error))
    }

    async fn revoke_family(&self, family_id: Uuid, now: DateTime<Utc>) -> Result<u64, NodeError> {
        sessions::revoke_family(&self.store, family_id, now).await.map_err(|error| self.explain(&error))
    }

    async fn revoke_account(
        &self,
        account_id: Uuid,
        except_family: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<u64, NodeError> {
        sessions::revoke_account(&self.store, AccountId::from_uuid(account_id), except_family, now)
            .await
            .map_err(|error| self.explain(&error))
    }

    async fn of_account(
        &self,
        account_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRecord>, NodeError> {
        let listed = sessions::of_account(&self.store, AccountId::from_uuid(account_id), now).await;
        Ok(listed.map_err(|error| self.explain(&error))?.into_iter().map(SessionRecord::from).collect())
    }

    async fn page(&self, cursor: Option<String>) -> Result<SessionPage, NodeError> {
        let unknown = |cursor: String| NodeError::Unknown { what: "page of sessions after", name: cursor };
        let after = match cursor {
            Some(cursor) => Some(cursor.parse().map_err(|_| unknown(cursor))?),
            None => None,
        };
        let page = sessions::page(&self.store, after.map(SessionId::from_uuid)).await;
        let page = page.map_err(|error| self.explain(&error))?;
        let next =
            if page.len() < PAGE_MAX { None } else { page.last().map(|last| last.id.uuid().to_string()) };
        Ok(SessionPage { sessions: page.into_iter().map(SessionRecord::from).collect(), next })
    }

    async fn purge(&self, before: DateTime<Utc>) -> Result<u64, NodeError> {
        sessions::purge(&self.store, before).await.map_err(|error| self.explain(&error))
    }
}

impl From<Session> for SessionRecord {
    fn from(session: Session) -> Self {
        Self {
            id: session.id.uuid(),
            account_id: session.account_id.uuid(),
            family_id: session.family_id,
            kind: match session.kind {
                SessionKind::Cookie => NodeKind::Cookie,
                SessionKind::Refresh => NodeKind::Refresh,
            },
            token_hash: session.token_hash,
            replaced_by: session.replaced_by.map(SessionId::uuid),
            replaced_at: session.replaced_at,
            created_at: session.created_at,
            expires_at: session.expires_at,
            revoked_at: session.revoked_at,
            user_agent: session.user_agent,
            address: session.address,
            impersonator: session.impersonator.map(AccountId::uuid),
        }
    }
}

impl From<&SessionRecord> for Session {
    fn from(record: &SessionRecord) -> Self {
        Self {
            id: SessionId::from_uuid(record.id),
            account_id: AccountId::from_uuid(record.account_id),
            family_id: record.family_id,
            kind: match record.kind {
                NodeKind::Cookie => SessionKind::Cookie,
                NodeKind::Refresh => SessionKind::Refresh,
            },
            token_hash: record.token_hash.clone(),
            replaced_by: record.replaced_by.map(SessionId::from_uuid),
            replaced_at: record.replaced_at,
            created_at: record.created_at,
            expires_at: record.expires_at,
            revoked_at: record.revoked_at,
            user_agent: record.user_agent.clone(),
            address: record.address.clone(),
            impersonator: record.impersonator.map(AccountId::from_uuid),
        }
    }
}
