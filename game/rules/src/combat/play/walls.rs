//! Walls: a band on the ground, straight or around a place, and the strip beside it where its heat is felt.
//!
//! What a wall is made of, whether it can be broken and what it hides is for the space that creatures stand in.

use crate::combat::lasting::{WallPart, ZoneKind, ZoneState};
use crate::combat::space::along;
use crate::combat::{Happening, Space, Volume};
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
        let own = self.space.position(context.own);
        let at = context.point.unwrap_or(own);
        // A straight wall stands across the way that its maker looks.
        let towards = grid::Position::new(at.x - (at.z - own.z), at.y, at.z + (at.x - own.x));
        let (ends, anchor) = self.ends_of(context, context.own, wall.duration.as_ref());
        let (ring, turned) = (wall.ring.is_some() && context.choice % 2 == 1, context.choice >= 2);
        let parts = [false, true].map(|beside| WallPart { beside, ring, turned });
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

    /// Where a part of a wall is.
    pub(super) fn wall_volume(&self, zone: &ZoneState<'c>, wall: &Wall, part: WallPart) -> Volume {
        let ZoneState { at, towards, context, .. } = *zone;
        let width = wall.thickness.unwrap_or(1).max(BAND_FEET_MIN);
        let off = (width + wall.near) / 2;
        if let Some(radius) = wall.ring.filter(|_| part.ring) {
            return match (part.beside, part.turned) {
                (false, _) => Volume::Ring { at, radius, width },
                (true, false) => Volume::Ring { at, radius: radius.saturating_sub(off), width: wall.near },
                (true, true) => Volume::Ring { at, radius: radius + off, width: wall.near },
            };
        }
        let length = self.value(context, &wall.length).clamp(0, i32::from(u16::MAX)) as u16;
        if !part.beside {
            return Volume::Line { at, towards, length, width };
        }
        // Square to the wall, away from its maker.
        let away = grid::Position::new(at.x + (towards.z - at.z), at.y, at.z - (towards.x - at.x));
        let feet = if part.turned { -i64::from(off) } else { i64::from(off) };
        let beside = along(at, away, at, feet);
        let towards =
            grid::Position::new(beside.x + (towards.x - at.x), beside.y, beside.z + (towards.z - at.z));
        Volume::Line { at: beside, towards, length, width: wall.near }
    }
}
