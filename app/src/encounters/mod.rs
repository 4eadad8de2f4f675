//! The encounter calculator: a party, monsters, and how hard their meeting would be. All of it stands in the address.

mod lots;
mod monster_search;
pub(crate) mod page;
mod party;
mod verdict;
mod weigh;
