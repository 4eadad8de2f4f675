//! Every type of event that the house itself tells, and what it carries.
//!
//! A type's name and the fields of its data are a promise to pipelines and to programs outside: add, never rename.

use grid::{AccountId, CharacterId, EntityId, JobId, RegionId, SessionId, WorldId};
use serde::{Deserialize, Serialize};

/// The topics. Events of one topic keep their order.
pub const TOPICS: &[&str] = &["account", "character", "combat", "economy", "etl", "job", "session"];

/// Every type, and what it tells. Types of the topic `etl` are named by the pipelines that make them.
pub const KINDS: &[(&str, &str)] = &[
    ("account.registered", "Someone made an account."),
    ("account.signed_in", "Someone signed in with e-mail and password."),
    ("character.created", "A character was made."),
    ("character.earned", "A character earned experience in play."),
    ("character.levelled", "A character took a level."),
    ("combat.hit", "An attack or a spell struck, or missed, and a player dealt it or took it."),
    ("combat.killed", "A creature was killed, and a player did it or was it."),
    ("economy.transferred", "Gold or goods changed hands, came into the world or left it."),
    ("job.finished", "A background job ended, well or not."),
    ("session.joined", "A player came into the game."),
    ("session.left", "A player's stay in the game ended; `seconds` tells how long it was."),
];

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Happening {
    /// Someone made an account.
    #[serde(rename = "account.registered")]
    AccountRegistered {
        /// The new account.
        account_id: AccountId,
        /// Its role.
        role: String,
    },
    /// Someone signed in with e-mail and password.
    #[serde(rename = "account.signed_in")]
    AccountSignedIn {
        /// The account.
        account_id: AccountId,
    },
    /// A character was made.
    #[serde(rename = "character.created")]
    CharacterCreated {
        /// The new character.
        character_id: CharacterId,
        /// Whose it is.
        account_id: AccountId,
        /// The world that it lives in.
        world_id: WorldId,
        /// Name of its race.
        race: String,
    },
    /// A character earned experience in play.
    #[serde(rename = "character.earned")]
    CharacterEarned {
        /// The character.
        character_id: CharacterId,
        /// Points earned.
        experience: u32,
        /// All points that it has.
        total: u32,
        /// By whose death.
        by: EntityId,
    },
    /// A character took a level.
    #[serde(rename = "character.levelled")]
    CharacterLevelled {
        /// The character.
        character_id: CharacterId,
        /// The class in which it was, such as `srd:wizard`.
        class: String,
        /// Its level now, all classes together.
        level: u32,
    },
    /// An attack or a spell struck, or missed, and a player dealt it or took it.
    #[serde(rename = "combat.hit")]
    CombatHit {
        /// Who struck.
        attacker_id: EntityId,
        /// Whom.
        target_id: EntityId,
        /// The attacker's class; empty for a creature without one.
        class: String,
        /// The attacker's level, or challenge rating rounded down.
        level: u32,
        /// Id of the action or spell, such as `srd:fire-bolt`; empty for an attack with what is at hand.
        action: String,
        /// Whether it struck.
        hit: bool,
        /// Whether it was a critical hit.
        critical: bool,
        /// Hit points that it took; 0 for a miss.
        damage: u32,
        /// Kind of the damage, such as `slashing`.
        damage_type: String,
    },
    /// A creature was killed, and a player did it or was it.
    #[serde(rename = "combat.killed")]
    CombatKilled {
        /// Who fell.
        entity_id: EntityId,
        /// Who felled it, if anyone.
        by: Option<EntityId>,
        /// The class of who felled it; empty without one.
        class: String,
        /// Their level.
        level: u32,
    },
    /// Gold or goods changed hands, came into the world (`from` is empty) or left it (`to` is empty).
    #[serde(rename = "economy.transferred")]
    EconomyTransferred {
        /// Who gave.
        from: Option<CharacterId>,
        /// Who got.
        to: Option<CharacterId>,
        /// Why: `loot`, `trade`, `vendor`, `repair` …
        reason: String,
        /// Id of what was given; `gold` for money.
        item: String,
        /// How many, or how much in copper pieces.
        quantity: u64,
    },
    /// A background job ended.
    #[serde(rename = "job.finished")]
    JobFinished {
        /// The job.
        job_id: JobId,
        /// What kind of job.
        kind: String,
        /// `succeeded`, `failed` or `cancelled`.
        state: String,
        /// How often a worker took it up.
        attempts: u32,
        /// From the first start to the end; 0 if it never started.
        seconds: f64,
    },
    /// A player came into the game.
    #[serde(rename = "session.joined")]
    SessionJoined {
        /// The stay.
        session_id: SessionId,
        /// Whose.
        account_id: AccountId,
        /// With which character.
        character_id: CharacterId,
        /// In which world.
        world_id: WorldId,
        /// In which region.
        region_id: RegionId,
    },
    /// A player's stay in the game ended.
    #[serde(rename = "session.left")]
    SessionLeft {
        /// The stay.
        session_id: SessionId,
        /// Whose.
        account_id: AccountId,
        /// With which character.
        character_id: CharacterId,
        /// In which world.
        world_id: WorldId,
        /// In which region.
        region_id: RegionId,
        /// How long it was.
        seconds: f64,
        /// How it ended: `left`, `dropped` or `replaced`.
        ending: String,
    },
}

impl Happening {
    /// What it happened to: a kind and an id.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::AccountRegistered { account_id, .. } | Self::AccountSignedIn { account_id } => {
                format!("account/{account_id}")
            }
            Self::CharacterCreated { character_id, .. }
            | Self::CharacterEarned { character_id, .. }
            | Self::CharacterLevelled { character_id, .. } => {
                format!("character/{character_id}")
            }
            Self::CombatHit { target_id, .. } => format!("entity/{target_id}"),
            Self::CombatKilled { entity_id, .. } => format!("entity/{entity_id}"),
            Self::EconomyTransferred { to: Some(to), .. } => format!("character/{to}"),
            Self::EconomyTransferred { from: Some(from), .. } => format!("character/{from}"),
            Self::EconomyTransferred { item, .. } => format!("item/{item}"),
            Self::JobFinished { job_id, .. } => format!("job/{job_id}"),
            Self::SessionJoined { session_id, .. } | Self::SessionLeft { session_id, .. } => {
                format!("session/{session_id}")
            }
        }
    }
}
