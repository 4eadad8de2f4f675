//! The bytes of one cell's removals and records.

use std::{collections::BTreeMap, sync::Arc};

use uuid::Uuid;

use super::{EntityState, mask};
use crate::{
    DecodeError,
    control::EntityKind,
    limits::{CELL_ENTITIES_MAX, CELL_UNITS, NAME_BYTES_MAX},
    varint::{self, Cursor},
};

/// Writes net ids that rise, each as its distance from the one before.
#[derive(Default)]
struct NetIds {
    last: u32,
}

impl NetIds {
    fn write(&mut self, out: &mut Vec<u8>, net_id: u32) {
        varint::write(out, u64::from(net_id.wrapping_sub(self.last)));
        self.last = net_id;
    }

    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<u32, DecodeError> {
        let gap = cursor.unsigned_32()?;
        let net_id = self.last.checked_add(gap).ok_or(DecodeError::OutOfRange)?;
        if gap == 0 {
            return Err(DecodeError::Inconsistent);
        }
        self.last = net_id;
        Ok(net_id)
    }
}

/// Writes the changes that lead from `sent` to `current`, or `None` where they are equal. Both rise by net id.
pub(super) fn write_delta(sent: &[EntityState], current: &[EntityState]) -> Option<Vec<u8>> {
    let mut removed = Vec::new();
    let (mut records, mut record_count, mut ids) = (Vec::new(), 0_u64, NetIds::default());
    let mut before = sent.iter().peekable();
    for entity in current {
        while let Some(gone) = before.next_if(|before| before.net_id < entity.net_id) {
            removed.push(gone.net_id);
        }
        let known = before.next_if(|before| before.net_id == entity.net_id);
        record_count += u64::from(write_record(&mut records, &mut ids, known, entity));
    }
    removed.extend(before.map(|gone| gone.net_id));
    if removed.is_empty() && record_count == 0 {
        return None;
    }
    let mut out = Vec::with_capacity(records.len() + 2 * removed.len() + 4);
    varint::write(&mut out, removed.len() as u64);
    let mut removed_ids = NetIds::default();
    for net_id in removed {
        removed_ids.write(&mut out, net_id);
    }
    varint::write(&mut out, record_count);
    out.extend_from_slice(&records);
    Some(out)
}

/// Writes a keyframe's body.
pub(super) fn write_keyframe<'a>(entities: impl ExactSizeIterator<Item = &'a EntityState>) -> Vec<u8> {
    let mut out = vec![0];
    varint::write(&mut out, entities.len() as u64);
    let mut ids = NetIds::default();
    for entity in entities {
        write_record(&mut out, &mut ids, None, entity);
    }
    out
}

/// Writes one record, unless nothing changed; tells whether it did.
fn write_record(
    out: &mut Vec<u8>,
    ids: &mut NetIds,
    known: Option<&EntityState>,
    entity: &EntityState,
) -> bool {
    // Another uuid, kind, faction or name under a known number is another entity: it is spawned over the old one.
    let known = known.filter(|known| {
        (known.uuid, known.kind, known.variant, known.faction)
            == (entity.uuid, entity.kind, entity.variant, entity.faction)
            && known.name == entity.name
    });
    let (x, z, y) = known.map_or((0, 0, 0), |known| (known.x, known.z, known.y));
    let bits = known.map_or(mask::EVERYTHING, |known| {
        let ground = if (known.x, known.z) == (entity.x, entity.z) { 0 } else { mask::GROUND };
        let height = if known.y == entity.y { 0 } else { mask::HEIGHT };
        let yaw = if known.yaw == entity.yaw { 0 } else { mask::YAW };
        let flags = if known.flags == entity.flags { 0 } else { mask::FLAGS };
        let is_same = (known.health, known.conditions) == (entity.health, entity.conditions);
        let vitals = if is_same { 0 } else { mask::VITALS };
        ground | height | yaw | flags | vitals
    });
    if bits == 0 {
        return false;
    }
    ids.write(out, entity.net_id);
    out.push(bits);
    if bits & mask::SPAWN != 0 {
        out.extend_from_slice(entity.uuid.as_bytes());
        out.push(entity.kind.number());
        out.push(entity.variant);
        varint::write(out, entity.faction.into());
        out.push(entity.name.len() as u8);
        out.extend_from_slice(entity.name.as_bytes());
    }
    if bits & mask::GROUND != 0 {
        varint::write_signed(out, i64::from(entity.x) - i64::from(x));
        varint::write_signed(out, i64::from(entity.z) - i64::from(z));
    }
    if bits & mask::HEIGHT != 0 {
        varint::write_signed(out, i64::from(entity.y) - i64::from(y));
    }
    if bits & mask::YAW != 0 {
        out.push(entity.yaw);
    }
    if bits & mask::FLAGS != 0 {
        out.push(entity.flags);
    }
    if bits & mask::VITALS != 0 {
        out.push(entity.health);
        varint::write(out, entity.conditions.into());
    }
    true
}

/// Reads the net ids that left the cell, and leaves the cursor at the records.
pub(super) fn read_removed(cursor: &mut Cursor<'_>) -> Result<Vec<u32>, DecodeError> {
    let count = cursor.count(CELL_ENTITIES_MAX)?;
    let mut ids = NetIds::default();
    // Collecting grows with what is read, not with what was promised.
    let mut removed = Vec::new();
    for _ in 0..count {
        removed.push(ids.read(cursor)?);
    }
    Ok(removed)
}

/// Reads all records and gives each changed entity, built upon `known`.
pub(super) fn read_records(
    cursor: &mut Cursor<'_>,
    known: &BTreeMap<u32, EntityState>,
) -> Result<Vec<EntityState>, DecodeError> {
    let count = cursor.count(CELL_ENTITIES_MAX)?;
    let mut ids = NetIds::default();
    let mut entities = Vec::new();
    for _ in 0..count {
        entities.push(read_record(cursor, &mut ids, known)?);
    }
    cursor.finish()?;
    Ok(entities)
}

fn read_record(
    cursor: &mut Cursor<'_>,
    ids: &mut NetIds,
    known: &BTreeMap<u32, EntityState>,
) -> Result<EntityState, DecodeError> {
    let net_id = ids.read(cursor)?;
    let bits = cursor.byte()?;
    let mut entity = if bits == mask::EVERYTHING {
        read_spawn(cursor, net_id)?
    } else if bits == 0 || bits & !(mask::EVERYTHING & !mask::SPAWN) != 0 {
        return Err(DecodeError::OutOfRange);
    } else {
        known.get(&net_id).ok_or(DecodeError::Inconsistent)?.clone()
    };
    if bits & mask::GROUND != 0 {
        entity.x = moved_offset(entity.x, cursor.signed()?)?;
        entity.z = moved_offset(entity.z, cursor.signed()?)?;
    }
    if bits & mask::HEIGHT != 0 {
        let height = i64::from(entity.y).checked_add(cursor.signed()?).ok_or(DecodeError::OutOfRange)?;
        entity.y = height.try_into().map_err(|_| DecodeError::OutOfRange)?;
    }
    if bits & mask::YAW != 0 {
        entity.yaw = cursor.byte()?;
    }
    if bits & mask::FLAGS != 0 {
        entity.flags = cursor.byte()?;
    }
    if bits & mask::VITALS != 0 {
        entity.health = cursor.byte()?;
        entity.conditions = cursor.unsigned_32()?;
    }
    Ok(entity)
}

fn read_spawn(cursor: &mut Cursor<'_>, net_id: u32) -> Result<EntityState, DecodeError> {
    let uuid = Uuid::from_bytes(cursor.array()?);
    let kind = EntityKind::from_number(cursor.byte()?).ok_or(DecodeError::OutOfRange)?;
    let variant = cursor.byte()?;
    let faction = cursor.unsigned()?.try_into().map_err(|_| DecodeError::OutOfRange)?;
    let name_bytes = usize::from(cursor.byte()?);
    if name_bytes > NAME_BYTES_MAX {
        return Err(DecodeError::OverLimit);
    }
    let name = std::str::from_utf8(cursor.take(name_bytes)?).map_err(|_| DecodeError::NotUtf8)?;
    Ok(EntityState {
        net_id,
        uuid,
        kind,
        variant,
        faction,
        name: Arc::from(name),
        x: 0,
        z: 0,
        y: 0,
        yaw: 0,
        flags: 0,
        health: 0,
        conditions: 0,
    })
}

fn moved_offset(offset: u16, by: i64) -> Result<u16, DecodeError> {
    match i64::from(offset).checked_add(by) {
        Some(moved) if (0..CELL_UNITS).contains(&moved) => Ok(moved as u16),
        _ => Err(DecodeError::OutOfRange),
    }
}
