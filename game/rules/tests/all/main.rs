//! The rules, tested through the doors that others use.

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
mod hero;
mod heroes;
mod heroes_of_legend;
mod heroes_of_renown;
mod magic_items;
mod monsters;
mod notice;
mod properties;
mod spells;
mod stage;
