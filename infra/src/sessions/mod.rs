//! The session store: who is signed in, by the hash of a secret that only the client has.
//!
//! The store keeps rows and decides nothing: whether a session is good, and for what, is for the caller to say.
//! Only [`replace`](SessionStore::replace) is more than a row, because of all who try exactly one may win.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub mod redis;

use crate::node::{Node, NodeError};

/// Sessions of one page of [`SessionStore::page`].
pub const PAGE_MAX: usize = 200;
/// Sessions that [`SessionStore::of_account`] lists, the newest first.
pub const LISTED_MAX: usize = 100;

/// A shared handle on whichever driver the configuration chose.
pub type SharedSessions = Arc<dyn SessionStore>;

/// Sign-ins, by the hash of their secret.
#[async_trait]
pub trait SessionStore: Node {
    /// Adds a session, or puts it in place of one with the same id.
    ///
    /// # Errors
    /// The driver failed.
    async fn put(&self, session: &SessionRecord) -> Result<(), NodeError>;

    /// The session with that secret, whatever its condition.
    ///
    /// # Errors
    /// The driver failed.
    async fn find_by_hash(&self, token_hash: &str) -> Result<Option<SessionRecord>, NodeError>;

    /// The session of that id, whatever its condition.
    ///
    /// # Errors
    /// The driver failed.
    async fn find(&self, id: Uuid) -> Result<Option<SessionRecord>, NodeError>;

    /// The newest session of a family, if the sign-in is not over.
    ///
    /// # Errors
    /// The driver failed.
    async fn find_live_of_family(
        &self,
        family_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<SessionRecord>, NodeError>;

    /// Marks the live session `id` as replaced and adds `successor`, both or neither. True for exactly one of all who
    /// try.
    ///
    /// # Errors
    /// The driver failed.
    async fn replace(
        &self,
        id: Uuid,
        successor: &SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<bool, NodeError>;

    /// Gives a session that was not ended another end.
    ///
    /// # Errors
    /// The driver failed.
    async fn keep_until(&self, id: Uuid, expires_at: DateTime<Utc>) -> Result<(), NodeError>;

    /// Ends all sessions of a family; returns how many were not ended yet.
    ///
    /// # Errors
    /// The driver failed.
    async fn revoke_family(&self, family_id: Uuid, now: DateTime<Utc>) -> Result<u64, NodeError>;

    /// Ends all sessions of an account, except those of one family if it is named, and those by which it looks through
    /// others' eyes; returns how many were not ended yet.
    ///
    /// # Errors
    /// The driver failed.
    async fn revoke_account(
        &self,
        account_id: Uuid,
        except_family: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<u64, NodeError>;

    /// The sessions of an account that are neither over, ended nor replaced, the newest first, at most
    /// [`LISTED_MAX`].
    ///
    /// # Errors
    /// The driver failed.
    async fn of_account(&self, account_id: Uuid, now: DateTime<Utc>)
    -> Result<Vec<SessionRecord>, NodeError>;

    /// A page of all sessions, in no particular order: those after `cursor`, about [`PAGE_MAX`] of them.
    ///
    /// # Errors
    /// The cursor is none of this driver's, or the driver failed.
    async fn page(&self, cursor: Option<String>) -> Result<SessionPage, NodeError>;

    /// Removes sessions that would have ended by themselves before `before`; returns how many. One that was ended is kept
    /// as long as one that was not, so that no copy of it elsewhere can come back to life.
    ///
    /// # Errors
    /// The driver failed.
    async fn purge(&self, before: DateTime<Utc>) -> Result<u64, NodeError>;
}

/// Some of the sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionPage {
    /// The sessions.
    pub sessions: Vec<SessionRecord>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// What the secret of a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// The value of a cookie; the same until the session ends.
    Cookie,
    /// A refresh token; each one buys its successor.
    Refresh,
}

/// A session, or one link of a refreshed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRecord {
    /// The session.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What all successors of one sign-in share.
    pub family_id: Uuid,
    /// What its secret is.
    pub kind: SessionKind,
    /// Hex hash of the secret.
    pub token_hash: String,
    /// The successor that its token bought.
    pub replaced_by: Option<Uuid>,
    /// When that was.
    pub replaced_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The program that signed in, as it called itself.
    pub user_agent: Option<String>,
    /// Where it signed in from.
    pub address: Option<String>,
    /// The account of the staff that looks through this one's eyes by it, if it is such a session.
    #[serde(default)]
    pub impersonator: Option<Uuid>,
}

impl SessionRecord {
    /// Whether its secret is good for anything at `now`.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }

    /// Brings it as far as `other`, another copy of it, has come. A session only ever goes forward: it is prolonged,
    /// replaced, ended.
    pub fn catch_up(&mut self, other: &Self) {
        if self.replaced_by.is_none() {
            (self.replaced_by, self.replaced_at) = (other.replaced_by, other.replaced_at);
        }
        self.revoked_at = self.revoked_at.or(other.revoked_at);
        self.expires_at = self.expires_at.max(other.expires_at);
    }
}
