//! Walls of several layers: each is destroyed by means of its own, and only while it is the foremost.

use grid::Position;

use crate::Id;
use crate::combat::lasting::{ZoneKind, ZoneState};
use crate::combat::{Happening, Space, Volume};
use crate::language::expr::Luck;
use crate::language::{Area, Damage, Layer, Node, Wall};
use crate::vocabulary::DamageType;

use super::{Context, Play};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// A spell was cast at a point, perhaps at a wall that it undoes a layer of.
    pub(super) fn undo_layer(&mut self, spell: Id, at: Position) {
        self.wear(|_, layer, volume| layer.spells.contains(&spell) && volume.holds(at));
    }

    /// What an area does to those in it, it does to the walls in it as well.
    pub(super) fn wear_walls(&mut self, context: Context<'c>, area: &'c Area, reached: &Volume) {
        if !self.arena.zones.iter().flatten().any(|zone| layers_of(zone).is_some()) {
            return;
        }
        let mut blows = Vec::new();
        harm_in(&area.then, &mut blows);
        for damage in blows {
            let step = std::ptr::from_ref(damage).addr();
            let dealt = self.amount(&context, &damage.amount, step);
            let destroys = |kind: Option<DamageType>, layer: &Layer| {
                layer.harm.is_some_and(|harm| Some(harm.kind) == kind && dealt >= i32::from(harm.amount))
            };
            self.wear(|zone, layer, volume| {
                destroys(damage.kind, layer) && (volume.holds(reached.origin()) || reached.holds(zone.at))
            });
        }
    }

    /// Takes the foremost layer off each wall where that is destroyed; a wall without any is gone.
    fn wear(&mut self, is_destroyed: impl Fn(&ZoneState<'c>, &Layer, &Volume) -> bool) {
        for number in 0..self.arena.zones.len() {
            let Some(zone) = self.arena.zones[number] else { continue };
            let Some(wall) = layers_of(&zone) else { continue };
            let volume = self.zone_volume(&zone);
            let Some(maker) = self.arena.get(zone.source) else { continue };
            let left = |layer: &&Layer| maker.stock(layer.store) > 0;
            let Some(front) = wall.layers.iter().find(left) else { continue };
            let is_last = wall.layers.iter().filter(left).count() == 1;
            if !is_destroyed(&zone, front, &volume) {
                continue;
            }
            if let Some(maker) = self.arena.get_mut(zone.source)
                && let Some(stock) = maker.stocks.iter_mut().find(|stock| stock.id == front.store)
            {
                stock.left = 0;
            }
            self.emit(Happening::Spent { who: zone.source, what: front.store, by: -1 });
            if is_last {
                self.raze(wall, &zone);
            }
        }
    }

    /// The wall and the strip beside it end.
    fn raze(&mut self, wall: &'c Wall, zone: &ZoneState<'c>) {
        for number in 0..self.arena.zones.len() {
            let same = self.arena.zones[number].as_ref().is_some_and(|other| {
                other.source == zone.source
                    && matches!(other.kind, ZoneKind::Wall(made, _) if std::ptr::eq(made, wall))
            });
            if same {
                self.end_zone(number as u32);
            }
        }
    }
}

/// The wall that a zone is, if it has layers. The strip beside it is no part of it.
fn layers_of<'c>(zone: &ZoneState<'c>) -> Option<&'c Wall> {
    match zone.kind {
        ZoneKind::Wall(wall, part) if !part.beside && !wall.layers.is_empty() => Some(wall),
        _ => None,
    }
}

/// The harm that steps do to whoever they reach, as if nobody withstood it.
fn harm_in<'c>(nodes: &'c [Node], found: &mut Vec<&'c Damage>) {
    for node in nodes {
        match node {
            Node::Damage(damage) => found.push(damage),
            Node::Save(save) => {
                harm_in(&save.half, found);
                harm_in(&save.fail, found);
            }
            _ => {}
        }
    }
}
