//! Text for people, made of the same trees that are played: what a spell, a feature or an action does, in our own words.
//!
//! Nothing here is taken from a rulebook's text; what only people can play out stands in the content as a line of our own.

mod effects;
mod numbers;
mod records;
mod rolls;
mod steps;

pub use effects::explain_effect;
pub use records::{
    Explained, explain_action, explain_condition, explain_feature, explain_item, explain_monster,
    explain_spell,
};
pub use rolls::{LabelledRoll, monster_rolls};
pub use steps::explain_steps;

/// Sentences of one part, joined.
fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&capitalised(&part));
        if !part.ends_with(['.', ':', '!', '?']) {
            text.push('.');
        }
    }
    text
}

/// With a capital letter in front.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `one`, `one and two`, `one, two and three`.
fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// An id as words: `srd:fire-bolt` is `fire bolt`.
fn named(id: crate::Id) -> String {
    id.name().replace('-', " ")
}
