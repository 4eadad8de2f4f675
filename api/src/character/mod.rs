//! Players' characters: how one is made, what it is, what may be changed about it.

mod change;
mod choices;
mod sheet;
mod sheet_of;

pub use change::{
    ChooseRequest, GainExperienceRequest, HitDieSpentView, HitPointsGained, ImprovementChoice, InventoryDeed,
    InventoryRequest, LevelUpRequest, RestKind, RestReply, RestRequest, SpellsRequest,
};
pub use choices::{
    CharacterChoices, GoodsChoice, PickChoice, ScoreChoice, ScoreRoll, ScoresByAbility, SpellChoice,
};
pub use sheet::{
    AbilityLine, AttackView, BelongingView, CastingView, CharacterSheet, Figure, FigurePart, HitDiceView,
    LevelUpOption, Named, OpenChoices, OpenPickView, ResourceView, SenseView, SkillView, SlotView, SpellView,
    SpellsMissing,
};

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, CharacterId, Position, WorldId};
use rules::Race;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest id of content that a request may name.
pub(crate) const CONTENT_ID_MAX: usize = 80;

/// `POST characters`. With a name and a race alone, or a class beside them, everything else suits them and is decided by the
/// server; with `choices` the player decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateCharacterRequest {
    /// Letters of one script with single spaces, apostrophes or hyphens between them; 2 to 24 characters, unique in its world.
    #[garde(length(chars, min = 2, max = 24), custom(is_a_name))]
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 24))]
    pub name: String,
    /// The character's race.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "human"))]
    pub race: Race,
    /// The world to live in; the server's first world if absent.
    #[serde(default)]
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub world_id: Option<WorldId>,
    /// Id of the class, such as `srd:wizard`, for a character whose other choices the server makes; a fighter if absent. Not
    /// together with `choices`, which name the class themselves.
    #[serde(default)]
    #[garde(length(bytes, max = CONTENT_ID_MAX))]
    #[cfg_attr(feature = "openapi", schema(max_length = 80, example = "srd:wizard"))]
    pub class: Option<String>,
    /// Every choice of the first level, if the player makes them.
    #[serde(default)]
    #[garde(dive)]
    pub choices: Option<CharacterChoices>,
}

impl CreateCharacterRequest {
    /// A character of that name and race in the server's first world, all else left to the server.
    #[must_use]
    pub fn quick(name: impl Into<String>, race: Race) -> Self {
        Self { name: name.into(), race, world_id: None, class: None, choices: None }
    }
}

/// Which characters to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct CharacterFilter {
    /// `own` (the default) or `all`, which needs `inspect_entities`.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "own"))]
    pub scope: CharacterScope,
    /// Part of the name; letter case does not matter.
    #[garde(length(chars, max = 24))]
    #[cfg_attr(feature = "openapi", param(max_length = 24))]
    pub name: Option<String>,
    /// `next` of the page before; absent for the first page.
    #[garde(length(bytes, max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub cursor: Option<String>,
}

/// Whose characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CharacterScope {
    /// The caller's own.
    #[default]
    Own,
    /// Everybody's.
    All,
}

/// A character, as its player sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterView {
    /// The character.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CharacterId,
    /// Whose it is.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// The world that it lives in.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub world_id: WorldId,
    /// Its name, unique in its world.
    pub name: String,
    /// Its race.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub race: Race,
    /// Its level, all classes together.
    pub level: u8,
    /// Its classes, in the order in which it took them up.
    pub classes: Vec<ClassLevel>,
    /// Walking speed in feet a round, from its race.
    pub walking_speed_ft: u32,
    /// Where it was last saved, in 1/256 m.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub position: Position,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last entered the game.
    pub last_played_at: Option<DateTime<Utc>>,
}

/// A class and how far a character came in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassLevel {
    /// The class, such as `srd:wizard`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The subclass, once one is chosen.
    pub subclass: Option<Named>,
    /// The level in it.
    pub level: u8,
}

/// A character with its sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterRecord {
    /// The character.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CharacterId,
    /// Who it is.
    pub character: CharacterView,
    /// What follows from its choices.
    pub sheet: CharacterSheet,
}

/// A character as a document of its own, for people and programs to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterExport {
    /// The character.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CharacterId,
    /// Version of `build`'s form.
    pub version: i16,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Its choices and what it has been through, as the rules keep them: from them a sheet is worked out.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub build: Value,
}

fn is_a_name(name: &str, (): &()) -> garde::Result {
    let is_separator = |c: char| matches!(c, ' ' | '\'' | '-');
    let well_formed = name.chars().all(|c| c.is_alphabetic() || is_separator(c))
        && !name.starts_with(is_separator)
        && !name.ends_with(is_separator)
        && !name.chars().zip(name.chars().skip(1)).any(|(a, b)| is_separator(a) && is_separator(b));
    if well_formed {
        Ok(())
    } else {
        Err(garde::Error::new("use letters, with single spaces, apostrophes or hyphens between them"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(name: &str) -> bool {
        CreateCharacterRequest::quick(name, Race::Human).validate().is_ok()
    }

    #[test]
    fn names_are_letters_with_single_separators() {
        for name in ["Mira", "Jean-Luc", "O'Neil", "Ana Lúa", "Ødgar"] {
            assert!(accepts(name), "{name} should be a name");
        }
        for name in ["M", " Mira", "Mira ", "A--b", "<script>", "Mira\u{202e}", "R2", "", "a\u{0}b"] {
            assert!(!accepts(name), "{name:?} should not be a name");
        }
    }
}
