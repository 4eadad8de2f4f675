//! The compendium: spells, monsters and whatever else the rules know, told from the data that is played.

mod coverage_badge;
mod effect_tree;
pub(crate) mod list_records;
pub(crate) mod page;
mod read_record;
pub(crate) mod record_page;

pub(crate) use coverage_badge::CoverageBadge;
pub(crate) use list_records::list_records;
