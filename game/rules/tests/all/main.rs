//! The rules, tested through the doors that others use.

mod arms;
mod chance;
mod characters;
mod content;
mod coverage;
mod every_spell;
mod expressions;
mod fights;
mod forecasts;
mod foreign_names;
mod great_spells;
mod greatest_spells;
mod harms;
mod hero;
mod heroes;
mod heroes_of_legend;
mod heroes_of_renown;
mod magic_items;
mod monsters;
mod notice;
mod properties;
mod seen;
mod spells;
mod stage;
