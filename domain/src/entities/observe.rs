//! The live region, as a map shows it.

use std::ops::Range;

use api::{
    combat::{AreaShape, AreaView, FlashKind, FlashView},
    observe::ObserveMessage,
    right,
};
use game::{CombatDeed, CombatRecord, Fact, Outcome, Volume};

use super::{list::views, live};
use crate::{Allowed, Domain, Error};

/// Flashes of one message: more are a blur.
const FLASHES_MAX: usize = 400;
/// A foot is 78.03 units of 1/256 m.
const UNITS_PER_100_FEET: i64 = 7_803;

/// Everyone in the live region and what goes on among them, as a message of `/ws/observe`. `shown` is the tick up to which
/// flashes have been shown, and is set forward; 0 shows none.
///
/// # Errors
/// [`Error::Unavailable`] where no region runs.
pub fn observe(
    domain: &Domain,
    _: &Allowed<right::ObserveGame>,
    shown: &mut u64,
) -> Result<ObserveMessage, Error> {
    let live = live(domain)?;
    let status = live.watch.status();
    let since = std::mem::replace(shown, status.tick);
    let flashes = if since == 0 { Vec::new() } else { flashes(live, since + 1..status.tick + 1) };
    Ok(ObserveMessage::Entities {
        world_id: live.world,
        region_id: status.region,
        tick: status.tick,
        entities: views(live),
        areas: live.watch.areas().iter().map(area).collect(),
        flashes,
    })
}

fn flashes(live: &crate::LiveRegion, ticks: Range<u64>) -> Vec<FlashView> {
    let pages = live.watch.fights_since(ticks.start - 1);
    // A page that is there already but later than the message belongs to the next one.
    let pages = pages.iter().filter(|page| ticks.contains(&page.tick));
    let mut flashes: Vec<_> = pages.flat_map(|page| page.records.iter().filter_map(flash)).collect();
    flashes.drain(..flashes.len().saturating_sub(FLASHES_MAX));
    flashes
}

fn flash(record: &CombatRecord) -> Option<FlashView> {
    let (kind, points) = match record.deed {
        CombatDeed::Fact(fact) => match fact {
            Fact::Attacked { outcome: Outcome::Miss, .. } => (FlashKind::Missed, 0),
            Fact::Attacked { outcome: Outcome::Hit, .. } => (FlashKind::Hit, 0),
            Fact::Attacked { outcome: Outcome::Critical, .. } => (FlashKind::Critical, 0),
            Fact::Damaged { lost, .. } => (FlashKind::Harmed, lost),
            Fact::Healed { amount, .. } => (FlashKind::Healed, amount),
            Fact::Cast { .. } => (FlashKind::Cast, 0),
            Fact::Countered { .. } => (FlashKind::Countered, 0),
            _ => return None,
        },
        CombatDeed::Fell => (FlashKind::Fell, 0),
        CombatDeed::Died => (FlashKind::Died, 0),
        CombatDeed::Revived => (FlashKind::Revived, 0),
        CombatDeed::Earned(_) => return None,
    };
    let other_id = record.other.as_ref().map(|other| other.entity);
    Some(FlashView { kind, entity_id: record.who.entity, other_id, points })
}

fn area(area: &game::AreaView) -> AreaView {
    let units = |feet: u16| i64::from(feet) * UNITS_PER_100_FEET / 100;
    let shape = match area.volume {
        Volume::Sphere { at, radius } | Volume::Cylinder { at, radius, .. } => {
            AreaShape::Circle { x: at.x, z: at.z, radius: units(radius) }
        }
        Volume::Cube { at, edge } => AreaShape::Square { x: at.x, z: at.z, edge: units(edge) },
        Volume::Cone { at, towards, length } => AreaShape::Cone {
            x: at.x,
            z: at.z,
            towards_x: towards.x,
            towards_z: towards.z,
            length: units(length),
        },
        Volume::Line { at, towards, length, width } => AreaShape::Line {
            x: at.x,
            z: at.z,
            towards_x: towards.x,
            towards_z: towards.z,
            length: units(length),
            width: units(width),
        },
        Volume::Ring { at, radius, width } => {
            AreaShape::Ring { x: at.x, z: at.z, radius: units(radius), width: units(width) }
        }
    };
    let cause = area.cause.to_string();
    AreaView { number: area.number, cause, source_id: area.source, shape }
}
