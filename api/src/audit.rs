//! The audit log.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, EventId, RequestId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct AuditFilter {
    /// The account that did it.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    pub actor: Option<AccountId>,
    /// What was done: a whole name such as `job.start`, or its beginning up to a dot.
    #[garde(length(bytes, min = 1, max = 64))]
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 64))]
    pub action: Option<String>,
    /// What it was done to: kind and id, such as `job 0192f0c1-2345-7abc-8def-0123456789ab`.
    #[garde(length(bytes, min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 128))]
    pub subject: Option<String>,
    /// Not before this moment.
    #[garde(skip)]
    pub since: Option<DateTime<Utc>>,
    /// Not after this moment.
    #[garde(skip)]
    pub until: Option<DateTime<Utc>>,
    /// `next` of the page before; absent for the first page.
    #[garde(length(bytes, max = 20))]
    #[cfg_attr(feature = "openapi", param(max_length = 20))]
    pub cursor: Option<String>,
}

/// One deed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntryView {
    /// The entry.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EventId,
    /// Its place in the chain, from 1 on.
    pub seq: i64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The account that did it; null for the server itself.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub actor: Option<AccountId>,
    /// That account's name for staff, as it is now.
    pub actor_name: Option<String>,
    /// What was done.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// What it was before, if something was changed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub before: Option<Value>,
    /// What it is now, if something was changed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub after: Option<Value>,
    /// Further particulars.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub details: Option<Value>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Where the actor asked from.
    pub address: Option<String>,
    /// The program that the actor asked with, as it calls itself.
    pub user_agent: Option<String>,
    /// The request that it was done by.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub request_id: Option<RequestId>,
    /// Hash of the entry and of all before it, in hex.
    pub hash: String,
}

/// Whether the log is as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerification {
    /// Whether every entry fits, and every signed head is in the chain.
    pub intact: bool,
    /// Entries up to the end, or up to the first that does not fit.
    pub entries: i64,
    /// Hash of the last of them, in hex.
    pub head: String,
    /// Signed heads that were compared.
    pub signed_heads: u32,
    /// What does not fit, if something does not.
    pub finding: Option<String>,
    /// When it was looked at.
    pub at: DateTime<Utc>,
}
