//! The networked driver: sessions in Redis.
//!
//! All sessions of an account lie in one hash, so that ending them is one step in a cluster, too. Small keys lead
//! there from a secret's hash, an id and a family. A row is changed only if it still is as it was read.

use std::{fmt, str::FromStr};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use redis::{Script, cmd};
use uuid::Uuid;

use super::{LISTED_MAX, PAGE_MAX, SessionPage, SessionRecord, SessionStore};
use crate::node::{
    Node, NodeError,
    redis::{PREFIX, RedisAddress, RedisLink},
};

/// How long an ended session is kept, so that a second use of its secret can still be told.
const KEPT_AFTER_END: TimeDelta = TimeDelta::days(1);
/// How often a change is tried again when another one was quicker.
const TRIES_MAX: usize = 20;
/// The sorted set of accounts that have sessions.
const ACCOUNTS: &str = "realmkeep:session:accounts";

/// The sessions of all processes that use one Redis.
pub struct RedisSessions {
    link: RedisLink,
    put_if_unchanged: Script,
}

/// A row, and the text that it was read from.
struct Row {
    session: SessionRecord,
    text: String,
}

impl RedisSessions {
    /// Connects.
    ///
    /// # Errors
    /// The address does not parse, or nobody answers there.
    pub async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        let link = RedisLink::connect(address).await?;
        Ok(Self { link, put_if_unchanged: Script::new(include_str!("put_if_unchanged.lua")) })
    }

    fn broken(&self, what: &str) -> NodeError {
        NodeError::Failed { place: self.link.place().to_owned(), reason: format!("an unreadable {what}") }
    }

    fn row(&self, text: String) -> Result<Row, NodeError> {
        let session = serde_json::from_str(&text).map_err(|_| self.broken("session"))?;
        Ok(Row { session, text })
    }

    fn text(&self, session: &SessionRecord) -> Result<String, NodeError> {
        serde_json::to_string(session).map_err(|_| self.broken("session"))
    }

    async fn row_of(&self, account: Uuid, id: Uuid) -> Result<Option<Row>, NodeError> {
        let text: Option<String> =
            self.link.run(cmd("HGET").arg(account_key(account)).arg(id.to_string())).await?;
        text.map(|text| self.row(text)).transpose()
    }

    async fn rows_of(&self, account: Uuid) -> Result<Vec<Row>, NodeError> {
        let texts: Vec<String> = self.link.run(cmd("HVALS").arg(account_key(account))).await?;
        texts.into_iter().map(|text| self.row(text)).collect()
    }

    /// What a key leads to.
    async fn led_to<T: FromStr>(&self, key: &str) -> Result<Option<T>, NodeError> {
        let text: Option<String> = self.link.run(cmd("GET").arg(key)).await?;
        text.map(|text| text.parse().map_err(|_| self.broken("session key"))).transpose()
    }

    /// The ids in a set.
    async fn members(&self, key: &str) -> Result<Vec<Uuid>, NodeError> {
        let texts: Vec<String> = self.link.run(cmd("SMEMBERS").arg(key)).await?;
        texts.into_iter().map(|text| text.parse().map_err(|_| self.broken("session key"))).collect()
    }

    async fn find_row(&self, id: Uuid) -> Result<Option<Row>, NodeError> {
        match self.led_to::<Uuid>(&id_key(id)).await? {
            Some(account) => self.row_of(account, id).await,
            None => Ok(None),
        }
    }

    /// Lets its keys lead to a session. They are set first: until the row is there, they lead nowhere.
    async fn lead_to(&self, session: &SessionRecord) -> Result<(), NodeError> {
        let account = session.account_id.to_string();
        let forget_at = forget_at(session);
        for (key, value) in [
            (hash_key(&session.token_hash), session.id.to_string()),
            (id_key(session.id), account.clone()),
            (family_key(session.family_id), account.clone()),
        ] {
            self.link.run::<()>(cmd("SET").arg(key).arg(value).arg("EXAT").arg(forget_at)).await?;
        }
        if let Some(impersonator) = session.impersonator {
            let looks = looks_key(impersonator);
            self.link.run::<()>(cmd("SADD").arg(&looks).arg(session.family_id.to_string())).await?;
            self.link.run::<()>(cmd("EXPIREAT").arg(&looks).arg(forget_at).arg("NX")).await?;
            self.link.run::<()>(cmd("EXPIREAT").arg(&looks).arg(forget_at).arg("GT")).await?;
        }
        self.link.run(cmd("ZADD").arg(ACCOUNTS).arg(0).arg(account)).await
    }

    /// Puts rows in place if the first one is as it was seen.
    async fn change(&self, seen: Option<&Row>, rows: &[&SessionRecord]) -> Result<bool, NodeError> {
        let Some(first) = rows.first() else { return Ok(false) };
        let id = seen.map_or(first.id, |seen| seen.session.id);
        let last = rows.iter().map(|session| forget_at(session)).max().unwrap_or_default();
        let mut change = self.put_if_unchanged.prepare_invoke();
        change.key(account_key(first.account_id)).arg(id.to_string());
        change.arg(seen.map_or("", |seen| seen.text.as_str())).arg(last);
        for session in rows {
            change.arg(session.id.to_string()).arg(self.text(session)?);
        }
        let changed: u8 = self.link.call(&change).await?;
        Ok(changed == 1)
    }

    /// Changes a row by `edit`, which says whether there is anything to change.
    async fn edit(
        &self,
        account: Uuid,
        id: Uuid,
        edit: impl Fn(&mut SessionRecord) -> bool + Send + Sync,
    ) -> Result<bool, NodeError> {
        for _ in 0..TRIES_MAX {
            let Some(row) = self.row_of(account, id).await? else { return Ok(false) };
            let mut changed = row.session.clone();
            if !edit(&mut changed) {
                return Ok(false);
            }
            self.lead_to(&changed).await?;
            if self.change(Some(&row), &[&changed]).await? {
                return Ok(true);
            }
        }
        let place = self.link.place().to_owned();
        Err(NodeError::Failed { place, reason: "a session changed too often to be changed".to_owned() })
    }

    async fn revoke(
        &self,
        account: Uuid,
        now: DateTime<Utc>,
        is_meant: impl Fn(&SessionRecord) -> bool + Send + Sync,
    ) -> Result<u64, NodeError> {
        let mut ended = 0;
        for row in self.rows_of(account).await? {
            if row.session.revoked_at.is_some() || !is_meant(&row.session) {
                continue;
            }
            let end = |session: &mut SessionRecord| {
                let is_open = session.revoked_at.is_none();
                session.revoked_at.get_or_insert(now);
                is_open
            };
            ended += u64::from(self.edit(account, row.session.id, end).await?);
        }
        Ok(ended)
    }
}

fn account_key(account: Uuid) -> String {
    format!("{PREFIX}session:of:{account}")
}

fn hash_key(token_hash: &str) -> String {
    format!("{PREFIX}session:hash:{token_hash}")
}

fn id_key(id: Uuid) -> String {
    format!("{PREFIX}session:id:{id}")
}

fn family_key(family: Uuid) -> String {
    format!("{PREFIX}session:family:{family}")
}

/// The families by which an account looks through others' eyes.
fn looks_key(impersonator: Uuid) -> String {
    format!("{PREFIX}session:looks:{impersonator}")
}

/// When Redis may forget a session, in seconds.
fn forget_at(session: &SessionRecord) -> i64 {
    (session.expires_at + KEPT_AFTER_END).timestamp().max(1)
}

impl fmt::Debug for RedisSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisSessions").field("link", &self.link).finish_non_exhaustive()
    }
}

#[async_trait]
impl Node for RedisSessions {
    fn driver(&self) -> &'static str {
        "redis"
    }

    fn place(&self) -> String {
        self.link.place().to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        self.link.probe().await
    }
}

#[async_trait]
impl SessionStore for RedisSessions {
    async fn put(&self, session: &SessionRecord) -> Result<(), NodeError> {
        self.lead_to(session).await?;
        for _ in 0..TRIES_MAX {
            let seen = self.row_of(session.account_id, session.id).await?;
            if self.change(seen.as_ref(), &[session]).await? {
                return Ok(());
            }
        }
        let place = self.link.place().to_owned();
        Err(NodeError::Failed { place, reason: "a session changed too often to be put".to_owned() })
    }

    async fn find_by_hash(&self, token_hash: &str) -> Result<Option<SessionRecord>, NodeError> {
        match self.led_to::<Uuid>(&hash_key(token_hash)).await? {
            Some(id) => Ok(self.find(id).await?.filter(|session| session.token_hash == token_hash)),
            None => Ok(None),
        }
    }

    async fn find(&self, id: Uuid) -> Result<Option<SessionRecord>, NodeError> {
        Ok(self.find_row(id).await?.map(|row| row.session))
    }

    async fn find_live_of_family(
        &self,
        family_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<SessionRecord>, NodeError> {
        let Some(account) = self.led_to::<Uuid>(&family_key(family_id)).await? else { return Ok(None) };
        let rows = self.rows_of(account).await?.into_iter().map(|row| row.session);
        Ok(rows
            .filter(|session| session.family_id == family_id)
            .find(|session| session.is_live(now) && session.replaced_by.is_none()))
    }

    async fn replace(
        &self,
        id: Uuid,
        successor: &SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<bool, NodeError> {
        for _ in 0..TRIES_MAX {
            let Some(row) = self.find_row(id).await? else { return Ok(false) };
            if !row.session.is_live(now) || row.session.replaced_by.is_some() {
                return Ok(false);
            }
            let mut replaced = row.session.clone();
            (replaced.replaced_by, replaced.replaced_at) = (Some(successor.id), Some(now));
            self.lead_to(successor).await?;
            if self.change(Some(&row), &[&replaced, successor]).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn keep_until(&self, id: Uuid, expires_at: DateTime<Utc>) -> Result<(), NodeError> {
        let Some(account) = self.led_to::<Uuid>(&id_key(id)).await? else { return Ok(()) };
        let prolong = |session: &mut SessionRecord| {
            let is_open = session.revoked_at.is_none();
            session.expires_at = expires_at;
            is_open
        };
        self.edit(account, id, prolong).await.map(|_| ())
    }

    async fn revoke_family(&self, family_id: Uuid, now: DateTime<Utc>) -> Result<u64, NodeError> {
        match self.led_to::<Uuid>(&family_key(family_id)).await? {
            Some(account) => self.revoke(account, now, |session| session.family_id == family_id).await,
            None => Ok(0),
        }
    }

    async fn revoke_account(
        &self,
        account_id: Uuid,
        except_family: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<u64, NodeError> {
        let mut ended =
            self.revoke(account_id, now, |session| Some(session.family_id) != except_family).await?;
        let looks: Vec<Uuid> = self.members(&looks_key(account_id)).await?;
        for family in looks.into_iter().filter(|family| Some(*family) != except_family) {
            ended += self.revoke_family(family, now).await?;
        }
        Ok(ended)
    }

    async fn of_account(
        &self,
        account_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRecord>, NodeError> {
        let rows = self.rows_of(account_id).await?.into_iter().map(|row| row.session);
        let mut live: Vec<SessionRecord> =
            rows.filter(|session| session.is_live(now) && session.replaced_by.is_none()).collect();
        live.sort_unstable_by_key(|session| std::cmp::Reverse(session.id));
        live.truncate(LISTED_MAX);
        Ok(live)
    }

    async fn page(&self, cursor: Option<String>) -> Result<SessionPage, NodeError> {
        let from = cursor.map_or_else(|| "-".to_owned(), |cursor| format!("({cursor}"));
        let mut asked = cmd("ZRANGEBYLEX");
        asked.arg(ACCOUNTS).arg(from).arg("+").arg("LIMIT").arg(0).arg(PAGE_MAX);
        let accounts: Vec<String> = self.link.run(&asked).await?;
        let mut page = SessionPage::default();
        for account in accounts {
            let known = account.parse().map_err(|_| self.broken("account of sessions"))?;
            page.sessions.extend(self.rows_of(known).await?.into_iter().map(|row| row.session));
            page.next = Some(account);
            if page.sessions.len() >= PAGE_MAX {
                return Ok(page);
            }
        }
        if page.sessions.is_empty() {
            page.next = None;
        }
        Ok(page)
    }

    async fn purge(&self, before: DateTime<Utc>) -> Result<u64, NodeError> {
        let accounts: Vec<String> = self.link.run(cmd("ZRANGE").arg(ACCOUNTS).arg(0).arg(-1)).await?;
        let mut purged = 0;
        for account in accounts {
            let known = account.parse().map_err(|_| self.broken("account of sessions"))?;
            let rows = self.rows_of(known).await?;
            let over: Vec<&Row> = rows.iter().filter(|row| row.session.expires_at < before).collect();
            for row in &over {
                let gone = cmd("HDEL").arg(account_key(known)).arg(row.session.id.to_string()).to_owned();
                purged += self.link.run::<u64>(&gone).await?;
            }
            if over.len() == rows.len() {
                self.link.run::<()>(cmd("ZREM").arg(ACCOUNTS).arg(account)).await?;
            }
        }
        Ok(purged)
    }
}
