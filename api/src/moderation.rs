//! What moderators do to accounts.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a sanction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SanctionKind {
    /// The account may not sign in, and is out of the game.
    Ban,
    /// The account may not write to others.
    Mute,
    /// The account is put out of the game, and may come back at once.
    Kick,
    /// Something that staff should know about the account; nothing happens to it.
    Note,
}

impl SanctionKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Ban, Self::Mute, Self::Kick, Self::Note];

    /// The kind's name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Mute => "mute",
            Self::Kick => "kick",
            Self::Note => "note",
        }
    }

    /// Whether it holds for a time, until it ends or is lifted.
    #[must_use]
    pub const fn lasts(self) -> bool {
        matches!(self, Self::Ban | Self::Mute)
    }
}

/// Where an appeal against a sanction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AppealState {
    /// Nobody appealed.
    None,
    /// It is being looked at.
    Open,
    /// The sanction stays.
    Rejected,
    /// The sanction was lifted for it.
    Granted,
}

impl AppealState {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::None, Self::Open, Self::Rejected, Self::Granted];

    /// The state's name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Open => "open",
            Self::Rejected => "rejected",
            Self::Granted => "granted",
        }
    }
}

/// `POST users/{id}/sanctions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SanctionRequest {
    /// What is to be done.
    #[garde(skip)]
    pub kind: SanctionKind,
    /// When a ban or mute ends by itself; null for one that stays until it is lifted.
    #[serde(default)]
    #[garde(skip)]
    pub ends_at: Option<DateTime<Utc>>,
    /// Why; the banned player reads it. 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// `PUT users/{id}/sanctions/{sanction}/appeal`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppealRequest {
    /// Where it stands now. Granting it lifts the sanction.
    #[garde(skip)]
    pub appeal: AppealState,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// A sanction, past or present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SanctionView {
    /// The sanction.
    pub id: Uuid,
    /// What was done.
    pub kind: SanctionKind,
    /// Why.
    pub reason: String,
    /// Whether it holds now.
    pub in_force: bool,
    /// When it was done.
    pub created_at: DateTime<Utc>,
    /// By which account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub created_by: AccountId,
    /// That account's name for staff, as it is now.
    pub created_by_name: Option<String>,
    /// When it ends by itself.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub lifted_at: Option<DateTime<Utc>>,
    /// By which account.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub lifted_by: Option<AccountId>,
    /// That account's name for staff, as it is now.
    pub lifted_by_name: Option<String>,
    /// Why.
    pub lift_reason: Option<String>,
    /// Where the appeal against it stands.
    pub appeal: AppealState,
}
