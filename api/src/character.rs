//! Players' characters.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{CharacterId, Position, WorldId};
use rules::Race;
use serde::{Deserialize, Serialize};

/// `POST characters`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateCharacterRequest {
    /// Letters with single spaces, apostrophes or hyphens between them; 2 to 24 characters, unique in its world.
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
}

/// A character, as its player sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterView {
    /// The character.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CharacterId,
    /// The world that it lives in.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub world_id: WorldId,
    /// Its name, unique in its world.
    pub name: String,
    /// Its race.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub race: Race,
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
        CreateCharacterRequest { name: name.into(), race: Race::Human, world_id: None }.validate().is_ok()
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
