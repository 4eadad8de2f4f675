//! Where an area may go for most gain: upon foes, between them, and behind them where friends are spared.

use grid::Position;
use rules::combat::Handle;

use super::options::Scene;
use crate::{battle::Fray, field::units_of};

/// How far behind a foe an area is tried, in feet: most areas that are thrown reach about twenty.
const BEHIND_FEET: i64 = 15;
/// Most places that are tried.
const PLACES_MAX: usize = 8;

impl Fray<'_> {
    /// Places to try for an area, the plainest first.
    pub(super) fn places_for_areas(
        &self,
        who: Handle,
        scene: &Scene,
        foes_max: usize,
    ) -> [Option<Position>; PLACES_MAX] {
        let mut places = [None; PLACES_MAX];
        let mut count = 0;
        let mut add = |place: Option<Position>| {
            if let (Some(slot), Some(_)) = (places.get_mut(count), place) {
                *slot = place;
                count += 1;
            }
        };
        let foes = || scene.foes(foes_max.min(3)).filter_map(|foe| self.field.position(foe));
        foes().for_each(|at| add(Some(at)));
        if let Some(first) = foes().next() {
            foes().skip(1).for_each(|other| add(Some(between(first, other))));
            let own = self.field.position(who);
            foes().take(2).for_each(|foe| add(own.and_then(|own| behind(own, foe))));
        }
        places
    }
}

const fn between(one: Position, other: Position) -> Position {
    Position::new(one.x + (other.x - one.x) / 2, one.y + (other.y - one.y) / 2, one.z + (other.z - one.z) / 2)
}

/// A place straight behind a foe, seen from here.
fn behind(own: Position, foe: Position) -> Option<Position> {
    let length = i64::try_from(own.ground_distance_squared(foe).isqrt()).ok().filter(|length| *length > 0)?;
    let units = units_of(BEHIND_FEET);
    Some(Position::new(
        foe.x + (foe.x - own.x) * units / length,
        foe.y,
        foe.z + (foe.z - own.z) * units / length,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_and_behind_lie_on_the_line() {
        let (own, foe) = (Position::new(0, 0, 0), Position::new(1_000, 40, 0));
        assert_eq!(between(own, foe), Position::new(500, 20, 0));
        assert_eq!(behind(own, foe), Some(Position::new(1_000 + units_of(15), 40, 0)));
        assert_eq!(behind(own, own), None);
    }
}
