//! What a region remembers of its fights.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::EntityId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::character::{FigurePart, Named};

/// Entries of a page, if nobody says how many.
pub const ENTRIES_DEFAULT: u32 = 50;
/// Most entries of a page.
pub const ENTRIES_MAX: u32 = 200;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CombatKind {
    /// An attack, with its roll.
    Attack,
    /// Hit points lost, with their type.
    Damage,
    /// Hit points gained.
    Healing,
    /// A spell that is begun, cast, countered, let go.
    Spell,
    /// A save, with its roll.
    Save,
    /// A check, with its roll.
    Check,
    /// An effect or a condition that begins or ends.
    Effect,
    /// Falling, death saves, dying, coming back.
    Death,
    /// A turn in the fight: initiative, reactions, being moved, fleeing.
    Turn,
}

impl CombatKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Attack,
        Self::Damage,
        Self::Healing,
        Self::Spell,
        Self::Save,
        Self::Check,
        Self::Effect,
        Self::Death,
        Self::Turn,
    ];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attack => "attack",
            Self::Damage => "damage",
            Self::Healing => "healing",
            Self::Spell => "spell",
            Self::Save => "save",
            Self::Check => "check",
            Self::Effect => "effect",
            Self::Death => "death",
            Self::Turn => "turn",
        }
    }
}

/// Which entries to list. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct CombatFilter {
    /// The entity that takes part, on either side.
    #[serde(default)]
    #[garde(skip)]
    pub entity: Option<Uuid>,
    /// A part of the name of somebody who takes part.
    #[serde(default)]
    #[garde(length(chars, max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub name: Option<String>,
    /// What it is about.
    #[serde(default)]
    #[garde(skip)]
    pub kind: Option<CombatKind>,
    /// Not before.
    #[serde(default)]
    #[garde(skip)]
    pub from: Option<DateTime<Utc>>,
    /// Not after.
    #[serde(default)]
    #[garde(skip)]
    pub until: Option<DateTime<Utc>>,
    /// Most entries of the page, 50 if absent.
    #[serde(default)]
    #[garde(range(min = 1, max = ENTRIES_MAX))]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
    /// `next` of the page before; absent for the first page.
    #[serde(default)]
    #[garde(skip)]
    pub cursor: Option<Uuid>,
}

/// Something that happened in a fight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CombatEntry {
    /// The entry.
    pub id: Uuid,
    /// The tick that it happened in.
    pub tick: u64,
    /// When that was.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub kind: CombatKind,
    /// To whom it happened, or who did it.
    pub who: CombatParty,
    /// Who else takes part.
    pub other: Option<CombatParty>,
    /// In a sentence, names left out where `who` and `other` tell them.
    pub text: String,
    /// The spell, action, effect or the like.
    pub what: Option<Named>,
    /// How a roll came about.
    pub roll: Option<RollView>,
    /// What was dealt and what it cost.
    pub damage: Option<DamageView>,
}

/// Somebody in an entry, by the name of that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CombatParty {
    /// The entity.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EntityId,
    /// What it was called.
    pub name: String,
}

/// A d20 test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollView {
    /// What the die shows that counts.
    pub die: u8,
    /// `advantage` or `disadvantage`; absent of a single die.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// All that was added.
    pub bonus: i32,
    /// Of that, what effects have added, each by its name, dice included. What is left over is the roller's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<FigurePart>,
    /// Die and bonus together.
    pub total: i32,
    /// What had to be reached.
    pub against: i32,
    /// `hit`, `miss`, `critical`, `success` or `failure`.
    pub outcome: String,
}

/// Harm of one type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DamageView {
    /// Such as `fire`.
    pub damage_type: String,
    /// What was dealt, before resistance and the like.
    pub dealt: i32,
    /// Hit points lost, temporary ones included.
    pub lost: i32,
    /// Hit points left.
    pub left: i32,
}
