//! Marks of entities: a shape tells whom an entity fights for, so that no one has to tell colours apart.

use api::{
    combat::{FighterView, Vitality},
    entity::{EntityKind, EntityView},
};

/// The shape of a mark. On the map it is drawn on a canvas, in lists as an icon; both take [`Shape::corners`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Players, and whoever is with them.
    Circle,
    /// Who leaves everybody alone.
    Square,
    /// Monsters.
    Triangle,
    /// Another side.
    Diamond,
    /// Something that lies on the ground.
    Plus,
    /// The dead.
    Cross,
}

/// How a kind of entity is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) shape: Shape,
    /// Its colour on the map, whose ground is the same by day and by night.
    pub(crate) colour: &'static str,
    /// A dot in the middle: somebody plays it.
    pub(crate) is_played: bool,
}

impl Mark {
    /// The mark of an entity. The colours are of a palette that colour-blind people tell apart, too.
    pub(crate) fn of(entity: &EntityView) -> Self {
        let is_played = entity.kind == EntityKind::Player;
        let side = entity.fighter.as_ref().map(|fighter| fighter.faction);
        let (shape, colour) = match (entity.kind, side) {
            (EntityKind::Heap, _) => (Shape::Plus, "#d3a35c"),
            (EntityKind::Player, None) | (_, Some(1)) => (Shape::Circle, "#ffd15c"),
            (_, None | Some(2)) => (Shape::Square, "#f4f1ea"),
            (_, Some(3)) => (Shape::Triangle, "#ff8a5c"),
            (_, Some(_)) => (Shape::Diamond, "#7cc4f2"),
        };
        Self { shape, colour: if entity.linkdead { "#b9c0c2" } else { colour }, is_played }
    }
}

impl Shape {
    /// The corners of the shape about the origin, of size 1; none of a circle. Crosses are two strokes.
    pub(crate) const fn corners(self) -> &'static [(f64, f64)] {
        match self {
            Self::Circle => &[],
            Self::Square => &[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
            Self::Triangle => &[(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)],
            Self::Diamond => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
            Self::Plus => &[(-1.1, 0.0), (1.1, 0.0), (0.0, -1.1), (0.0, 1.1)],
            Self::Cross => &[(-0.8, -0.8), (0.8, 0.8), (0.8, -0.8), (-0.8, 0.8)],
        }
    }

    /// Whether it is two strokes, with nothing to fill.
    pub(crate) const fn is_strokes(self) -> bool {
        matches!(self, Self::Plus | Self::Cross)
    }

    /// The shape as an SVG path in a square of 16.
    pub(crate) fn path(self) -> String {
        let at = |(x, y): (f64, f64)| format!("{:.1} {:.1}", 8.0 + x * 5.0, 8.0 + y * 5.0);
        match self.corners() {
            [] => "M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z".to_owned(),
            [a, b, c, d] if self.is_strokes() => format!("M{}L{}M{}L{}", at(*a), at(*b), at(*c), at(*d)),
            corners => {
                let corners: Vec<_> = corners.iter().copied().map(at).collect();
                format!("M{}Z", corners.join("L"))
            }
        }
    }
}

/// What people call the side that an entity is on.
pub(crate) const fn side_label(faction: u16) -> &'static str {
    match faction {
        0 => "Nobody’s side",
        1 => "Players’ side",
        2 => "Peaceful",
        3 => "Monsters",
        _ => "Another side",
    }
}

/// The part of its hit points that a fighter has left, from 0 to 1.
pub(crate) fn health_share(fighter: &FighterView) -> f64 {
    (f64::from(fighter.hit_points) / f64::from(fighter.hit_points_max.max(1))).clamp(0.0, 1.0)
}

/// How a fighter is, in a word; nothing of who is up and about.
pub(crate) const fn plight(vitality: Vitality) -> Option<&'static str> {
    match vitality {
        Vitality::Alive => None,
        Vitality::Dying => Some("Dying"),
        Vitality::Stable => Some("Stable at 0"),
        Vitality::Dead => Some("Dead"),
    }
}

/// The name of a condition, spell or the like by its id: `srd:hold-person` is hold person.
pub(crate) fn spoken(id: &str) -> String {
    id.rsplit(':').next().unwrap_or(id).replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_shapes_are_drawn_alike() {
        use Shape::{Circle, Cross, Diamond, Plus, Square, Triangle};
        let shapes = [Circle, Square, Triangle, Diamond, Plus, Cross];
        let paths: std::collections::BTreeSet<_> = shapes.iter().map(|shape| shape.path()).collect();
        assert_eq!(paths.len(), shapes.len());
    }

    #[test]
    fn an_id_is_spoken_without_its_pack() {
        assert_eq!(spoken("srd:hold-person"), "hold person");
        assert_eq!(spoken("prone"), "prone");
    }
}
