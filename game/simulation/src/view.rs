//! What others may see of an entity.

use std::sync::Arc;

use grid::Position;

use crate::{EntityId, EntityKind, NetId};

/// An entity as it stands after a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityView {
    /// The entity's number on the wire, unique in the region as long as it lives.
    pub net_id: NetId,
    /// Its id everywhere else.
    pub entity: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// What it is called.
    pub name: Arc<str>,
    /// Where it stands.
    pub position: Position,
    /// Where it looks, in 256ths of a turn: 0 north, 64 east.
    pub yaw: u8,
    /// It moved in this tick.
    pub walking: bool,
    /// A player whose socket is gone and who may come back.
    pub linkdead: bool,
}
