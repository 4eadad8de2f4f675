//! Recipes of worlds: drafts, published versions, what is wrong with a text, and what it changes.

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest text of a recipe, in bytes. The shipped ones have a tenth of it.
pub const RECIPE_BYTES_MAX: usize = 128 * 1024;

/// `POST worlds/{id}/recipe/check`: a text to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckRecipeRequest {
    /// The recipe, as YAML.
    #[garde(length(bytes, min = 1, max = RECIPE_BYTES_MAX))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 131_072))]
    pub yaml: String,
}

/// `PUT worlds/{id}/recipe/draft`: a text to keep. It need not be sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveDraftRequest {
    /// The recipe, as YAML.
    #[garde(length(bytes, min = 1, max = RECIPE_BYTES_MAX))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 131_072))]
    pub yaml: String,
    /// The draft's revision that the text was made from; 0 if there was no draft. If somebody saved meanwhile, the
    /// request is refused, and nothing is overwritten.
    #[garde(range(max = 1_000_000_000))]
    #[cfg_attr(feature = "openapi", schema(maximum = 1_000_000_000))]
    pub revision: u32,
}

/// `POST worlds/{id}/recipe/publish`: the draft becomes the world's next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishRecipeRequest {
    /// The draft's revision that is meant.
    #[garde(range(min = 1, max = 1_000_000_000))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1_000_000_000))]
    pub revision: u32,
    /// Why, for the history and the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// `POST worlds/{id}/recipe/roll-back`: the text of an earlier version becomes the world's next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollBackRecipeRequest {
    /// The version to go back to.
    #[garde(range(min = 1, max = 1_000_000_000))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 1_000_000_000))]
    pub version: u32,
    /// Why, for the history and the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// Whether a fault keeps a world from growing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FaultSeverity {
    /// A world grows, but perhaps not as the author thinks.
    Warning,
    /// No world grows from this.
    Error,
}

/// What is wrong with a recipe's text, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeFault {
    /// How bad it is.
    pub severity: FaultSeverity,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
    /// The keys that lead to it, joined with dots; empty for the whole recipe.
    pub key: String,
    /// What is wrong, in words.
    pub what: String,
    /// A name that the author may have meant.
    pub suggestion: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<RelatedPlace>,
}

/// A place in a recipe's text, and what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelatedPlace {
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
    /// What is there.
    pub what: String,
}

/// What happened to a part of a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// A part of a recipe that differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeChange {
    /// What happened to it.
    pub kind: ChangeKind,
    /// The part, such as `layers.hills` or `biomes.forest`.
    pub part: String,
    /// What differs within it, such as `wavelength 620 m → 700 m`; empty for what is added or removed as a whole.
    pub details: Vec<String>,
}

/// How one of a recipe's own tests went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeTestResult {
    /// The test's key, such as `ocean_share`.
    pub test: String,
    /// What the recipe expects, such as `0.27 to 0.33`.
    pub expected: String,
    /// What was found.
    pub found: f64,
    /// Whether that is as expected.
    pub holds: bool,
    /// The line of the text.
    pub line: Option<u32>,
}

/// What a text would do if it were published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeCheck {
    /// Faults and warnings, errors first.
    pub faults: Vec<RecipeFault>,
    /// What differs from the newest version; none while the text has errors.
    pub changes: Vec<RecipeChange>,
    /// Whether chunks that exist already would come out otherwise.
    pub changes_terrain: bool,
    /// The recipe's own tests; none while the text has errors.
    pub tests: Vec<RecipeTestResult>,
    /// The fingerprint that the world would have; none while the text has errors.
    pub fingerprint: Option<String>,
    /// Whether it can be published: no errors, no test fails that the newest version passes, and something differs.
    pub publishable: bool,
}

/// The draft of a world's recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeDraft {
    /// The draft.
    pub id: Uuid,
    /// The recipe, as YAML.
    pub yaml: String,
    /// Grows by one whenever the draft is saved.
    pub revision: u32,
    /// The version that it was begun from.
    pub based_on: u32,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// Who saved it last.
    pub saved_by: String,
    /// What is wrong with it, errors first.
    pub faults: Vec<RecipeFault>,
}

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum VersionState {
    /// It was, or was never in force.
    Past,
    /// The world grows from it now.
    InForce,
    /// The world grows from it when the server next starts: no ground moves under anybody's feet.
    Waiting,
}

/// A published version of a world's recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeVersion {
    /// The version.
    pub id: Uuid,
    /// Counts from 1, the recipe that the world was made with.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// The fingerprint of the world that grows from it.
    pub fingerprint: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Who published it.
    pub published_by: String,
    /// Why.
    pub reason: String,
    /// The earlier version whose text it has, if it is a step back.
    pub restores: Option<u32>,
    /// What differs from the version before.
    pub changes: Vec<RecipeChange>,
    /// Whether chunks came out otherwise than in the version before.
    pub changes_terrain: bool,
}

/// A published version with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecipeVersionText {
    /// The version.
    pub id: Uuid,
    /// Counts from 1.
    pub version: u32,
    /// The recipe, as YAML.
    pub yaml: String,
}
