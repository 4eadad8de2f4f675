//! Walls: a band on the ground, straight or around a place, and the strip beside it where its heat is felt.
//!
//! What a wall is made of, whether it can be broken and what it hides is for the space that creatures stand in.

use grid::Position;

use crate::combat::lasting::{WallPart, ZoneKind, ZoneState};
use crate::combat::space::along;
use crate::combat::{Arena, Happening, Scene, Space, Volume};
use crate::language::expr::Luck;
use crate::language::{Effect, Wall};

use super::{Context, Play};

/// The thinnest band in which somebody can stand.
const BAND_FEET_MIN: u16 = 5;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Raises a wall: who stands where it appears feels it, and whoever comes there later.
    ///
    /// The choice tells how: 0 straight, felt on the far side; 1 as a ring, felt within; 2 and 3 the same, felt on the other side.
    pub(super) fn make_wall(&mut self, context: Context<'c>, wall: &'c Wall) {
        let (at, towards) = stands(self.space, &context);
        let (ends, anchor) = self.ends_of(context, context.own, wall.duration.as_ref());
        let itself = WallPart::chosen(wall, context.choice);
        if wall.clear && self.is_manned(&wall_volume_of(self.arena, self.space, context, wall, itself)) {
            return;
        }
        let parts = [itself, WallPart { beside: true, ..itself }];
        for part in parts.into_iter().filter(|part| !part.beside || wall.near > 0) {
            let number = self.add_zone(ZoneState {
                kind: ZoneKind::Wall(wall, part),
                source: context.own,
                at,
                towards,
                follows: None,
                anchor,
                ends,
                concentration: context.concentration,
                frayed: 0,
                context: Context { shared: false, joins: false, critical: false, ..context },
            });
            let Some(number) = number else { return };
            self.emit(Happening::ZoneMade { by: context.own, number });
            let memo = self.arena.scratch.memo.len();
            self.everybody_in(number, |play, who| {
                if wall.gives != Effect::default() {
                    play.enter(who, number, false);
                }
                if !part.beside {
                    play.run(&Context { target: who, shared: true, ..context }, &wall.at_once);
                }
            });
            self.arena.scratch.memo.truncate(memo);
        }
    }

    /// Whether somebody stands in a volume.
    fn is_manned(&mut self, volume: &Volume) -> bool {
        let start = self.arena.scratch.found.len();
        self.space.within(volume, &mut self.arena.scratch.found);
        let is_manned = self.arena.scratch.found[start..].iter().any(|who| self.is_alive(*who));
        self.arena.scratch.found.truncate(start);
        is_manned
    }

    /// Where a part of a wall is.
    pub(super) fn wall_volume(&self, zone: &ZoneState<'c>, wall: &Wall, part: WallPart) -> Volume {
        let length = self.value(zone.context, &wall.length);
        volume(wall, part, (zone.at, zone.towards), length)
    }
}

impl WallPart {
    /// The wall itself as its maker chose it.
    pub(in crate::combat) const fn chosen(wall: &Wall, choice: u8) -> Self {
        Self { beside: false, ring: wall.ring.is_some() && choice % 2 == 1, turned: choice >= 2 }
    }
}

/// Where a wall stands that is raised now.
pub(in crate::combat) fn wall_volume_of<'c, S: Space>(
    arena: &Arena<'c>,
    space: &S,
    context: Context<'c>,
    wall: &Wall,
    part: WallPart,
) -> Volume {
    volume(wall, part, stands(space, &context), wall.length.value(&Scene::new(arena, space, &context)))
}

/// The middle of a wall, and where it points.
fn stands<S: Space>(space: &S, context: &Context<'_>) -> (Position, Position) {
    let own = space.position(context.own);
    let at = context.point.unwrap_or(own);
    // A straight wall stands across the way that its maker looks.
    (at, Position::new(at.x - (at.z - own.z), at.y, at.z + (at.x - own.x)))
}

fn volume(wall: &Wall, part: WallPart, (at, towards): (Position, Position), length: i32) -> Volume {
    let width = wall.thickness.unwrap_or(1).max(BAND_FEET_MIN);
    let off = (width + wall.near) / 2;
    if let Some(radius) = wall.ring.filter(|_| part.ring) {
        return match (part.beside, part.turned) {
            (false, _) => Volume::Ring { at, radius, width },
            (true, false) => Volume::Ring { at, radius: radius.saturating_sub(off), width: wall.near },
            (true, true) => Volume::Ring { at, radius: radius + off, width: wall.near },
        };
    }
    let length = length.clamp(0, i32::from(u16::MAX)) as u16;
    if !part.beside {
        return Volume::Line { at, towards, length, width };
    }
    // Square to the wall, away from its maker.
    let away = Position::new(at.x + (towards.z - at.z), at.y, at.z - (towards.x - at.x));
    let feet = if part.turned { -i64::from(off) } else { i64::from(off) };
    let beside = along(at, away, at, feet);
    let towards = Position::new(beside.x + (towards.x - at.x), beside.y, beside.z + (towards.z - at.z));
    Volume::Line { at: beside, towards, length, width: wall.near }
}
