//! `ecs/…`: live entities.

pub(super) mod create_alteration;
pub(super) mod create_attack;
pub(super) mod create_entity;
pub(super) mod create_movement;
pub(super) mod create_spell;
pub(super) mod list_combat_log;
pub(super) mod list_entities;
pub(super) mod read_entity;
pub(super) mod remove_entity;
