//! `ecs/…`: live entities.

pub(super) mod list_entities;
