//! What a recipe's text may say.

use std::sync::LazyLock;

use api::right;
use serde_json::Value;
use worldgen::Recipe;

use crate::Allowed;

static SCHEMA: LazyLock<Value> = LazyLock::new(Recipe::json_schema);

/// The JSON Schema of recipes, draft 7.
#[must_use]
pub fn schema(_: &Allowed<right::ViewWorlds>) -> Value {
    SCHEMA.clone()
}
