//! Who is who: the ids of every entity in the region.

mod components;

pub use components::{EntityKind, NetId};
pub(crate) use components::{Identity, IdentityComponents, Roster, new_entity_id};
