//! From a recipe's text to a world, or to everything that is wrong with it.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    Recipe, RecipeFault, Severity,
    tree::Places,
    yaml::{Located, Read, read},
};
use crate::World;

/// A world that grew from a text.
pub struct Compiled {
    /// The world.
    pub world: World,
    /// What the author should look at, though a world grows.
    pub warnings: Vec<Fault>,
}

/// What is wrong with a recipe's text, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// The file's name.
    pub file: String,
    /// Counted from 1.
    pub line: u64,
    /// Counted from 1.
    pub column: u64,
    /// The keys that lead to it, joined with dots, such as `layers.hills.wavelength`; empty for the whole recipe.
    pub key: String,
    /// What is wrong, in words.
    pub what: String,
    /// A name that the author may have meant.
    pub suggestion: Option<String>,
    /// Other places that have to do with it: line, column, and what is there.
    pub related: Vec<(u64, u64, String)>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.what)?;
        for (line, _, what) in &self.related {
            write!(f, "; line {line}: {what}")?;
        }
        self.suggestion.as_ref().map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
    }
}

/// Why a recipe's text was refused: its faults, never none. As text the first of them, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeError(pub Vec<Fault>);

impl std::error::Error for RecipeError {}

impl fmt::Display for RecipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [] => f.write_str("the recipe was refused"),
            [one] => one.fmt(f),
            [first, rest @ ..] => write!(f, "{first} (and {} more)", rest.len()),
        }
    }
}

/// Grows a world from a recipe's text, or tells all faults that can be told at once, errors first.
///
/// `file` only names the text in faults. `settings` are values for its parameters, in place of those in the text.
///
/// # Errors
/// The text is no recipe; each fault has its place.
pub fn compile(
    file: &str,
    text: &str,
    seed: u64,
    settings: &BTreeMap<String, f64>,
) -> Result<Compiled, Vec<Fault>> {
    let (read, warnings) = checked(file, text, settings)?;
    let mut world = World::of_checked(seed, read.recipe);
    world.places = read.places;
    Ok(Compiled { world, warnings })
}

impl Recipe {
    /// Reads a recipe. `file` only names the text in errors.
    ///
    /// # Errors
    /// The text is no recipe; each fault has file, line, column and key.
    pub fn from_yaml(file: &str, text: &str) -> Result<Self, RecipeError> {
        checked(file, text, &BTreeMap::new()).map(|(read, _)| read.recipe).map_err(RecipeError)
    }

    /// The JSON Schema of recipes (draft 7), for editors that complete and check YAML.
    #[cfg(feature = "schema")]
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        schemars::generate::SchemaSettings::draft07()
            .into_generator()
            .into_root_schema_for::<Self>()
            .to_value()
    }
}

fn checked(
    file: &str,
    text: &str,
    settings: &BTreeMap<String, f64>,
) -> Result<(Read, Vec<Fault>), Vec<Fault>> {
    let read = read(text, settings)
        .map_err(|faults| faults.into_iter().map(|fault| fault_in(file, fault, None)).collect::<Vec<_>>())?;
    let mut faults: Vec<Fault> = read
        .recipe
        .faults()
        .into_iter()
        .map(|fault| {
            let place = nearest_place(&read.places, &fault.path);
            fault_in(file, (fault, place), Some(&read.places))
        })
        .collect();
    faults.sort_by_key(|fault| (std::cmp::Reverse(fault.severity), fault.line, fault.column));
    if faults.first().is_some_and(|fault| fault.severity == Severity::Error) {
        return Err(faults);
    }
    Ok((read, faults))
}

/// The place of the last key on the way that exists.
fn nearest_place(places: &Places, path: &[String]) -> (u64, u64) {
    let ways = (1..=path.len()).rev().map(|length| path[..length].join("."));
    ways.filter_map(|way| places.find(&way)).next().unwrap_or((1, 1))
}

fn fault_in(file: &str, (fault, (line, column)): Located, places: Option<&Places>) -> Fault {
    let RecipeFault { severity, path, what, suggestion, related } = fault;
    let related = related.into_vec().into_iter().map(|(path, what)| {
        let (line, column) = places.map_or((line, column), |places| nearest_place(places, &path));
        (line, column, what)
    });
    Fault {
        severity,
        file: file.to_owned(),
        line,
        column,
        key: path.join("."),
        what,
        suggestion,
        related: related.collect(),
    }
}
