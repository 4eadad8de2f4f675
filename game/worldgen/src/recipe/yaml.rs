//! Recipes from YAML, and the schema that editors check them with.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{
    Param, Recipe, RecipeError, RecipeFault,
    fault::shortened,
    tree::{Misread, Node, Place, Reader, find, place},
};

/// Longest recipe, in bytes. A recipe may be uploaded by people whom the server need not trust.
const BYTES_MAX: usize = 256 * 1024;

impl Recipe {
    /// Reads a recipe. `file_name` only names the text in errors.
    ///
    /// An error is one line with file, line, column and key.
    pub fn from_yaml(file_name: &str, text: &str) -> Result<Self, RecipeError> {
        let file = file_name.to_owned();
        if text.len() > BYTES_MAX {
            return Err(RecipeError::TooLong { file, bytes: text.len(), limit: BYTES_MAX });
        }
        let root = match parse(text) {
            Ok(root) => root,
            Err((reason, (line, column))) => return Err(RecipeError::NotYaml { file, line, column, reason }),
        };
        read(&root).map_err(|(fault, (line, column))| RecipeError::Faulty { file, line, column, fault })
    }

    /// The JSON Schema of recipes, for editors that complete and check YAML.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

fn parse(text: &str) -> Result<Spanned<Node>, (String, Place)> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            max_nodes: 20_000,
            max_events: 60_000,
            max_documents: 1,
            max_aliases: 100,
            max_anchors: 100,
        },
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().map_or((1, 1), |location| (location.line(), location.column()));
        (first_line(&error.to_string()), place)
    })
}

fn first_line(text: &str) -> String {
    shortened_line(text.lines().next().unwrap_or_default())
}

fn shortened_line(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}

fn read(root: &Spanned<Node>) -> Result<Recipe, (RecipeFault, Place)> {
    let located = |misread: Misread| {
        let place = misread.place.unwrap_or_else(|| find(root, &misread.fault.path));
        (misread.fault, place)
    };
    let params = params(root).map_err(located)?;
    for (name, param) in &params {
        check_param(param).map_err(|fault| {
            let fault = fault.under(shortened(name)).under("params");
            let place = find(root, &fault.path);
            (fault, place)
        })?;
    }
    let recipe = Recipe::deserialize(Reader { part: root, params: &params }).map_err(located)?;
    recipe.check().map_err(|fault| {
        let place = find(root, &fault.path);
        (fault, place)
    })?;
    Ok(recipe)
}

/// The parameters are read first: the rest may refer to them.
fn params(root: &Spanned<Node>) -> Result<BTreeMap<String, Param>, Misread> {
    let none = BTreeMap::new();
    let Node::Map(entries) = &root.value else {
        let fault = RecipeFault::new("a recipe is a map that starts with `format: 1`");
        return Err(Misread { place: Some(place(root)), fault });
    };
    let Some((key, part)) = entries.iter().find(|(key, _)| key.value == "params") else { return Ok(none) };
    BTreeMap::deserialize(Reader { part, params: &none })
        .map_err(|misread| Misread { fault: misread.fault.under(&key.value), ..misread })
}

fn check_param(param: &Param) -> Result<(), RecipeFault> {
    if param.min <= param.value && param.value <= param.max {
        return Ok(());
    }
    let fault = RecipeFault::new(format!("{} is not within {} to {}", param.value, param.min, param.max));
    Err(fault.under("value"))
}
