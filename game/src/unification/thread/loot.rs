//! What lies on the ground: kept when it is left, forgotten when it vanishes, and told to whoever has taken it up.

use std::time::Duration;

use grid::EntityId;
use protocol::ServerMessage;
use simulation::{Command, Event, Id, LeftHeap, TICK_HZ};

use super::Region;
use crate::{
    belongings::{Goods, Heap, Lot},
    unification::{character, keeper::Errand},
};

impl Region {
    /// Has what was left behind kept, and what has vanished forgotten.
    pub(super) fn keep_heap(&mut self, event: &Event) {
        match event {
            Event::LeftBehind { heap, name, at, belongs_to, money_cp, items, .. } => {
                let heap = Heap {
                    id: *heap,
                    region: self.id,
                    name: name.to_string(),
                    at: *at,
                    belongs_to: belongs_to.map(character),
                    lot: Lot { money_cp: *money_cp, goods: counted(items.iter().flatten()) },
                    lasts: self.heaps_last,
                };
                self.lots.insert(heap.id, heap.lot.clone());
                self.errands.push_back(Errand::Leave(heap));
            }
            Event::Vanished { heap } => {
                self.lots.remove(heap);
                self.errands.push_back(Errand::Clear(*heap));
            }
            _ => {}
        }
    }

    /// What lay here before lies here again.
    pub(super) fn lay_again(&mut self, heaps: Vec<Heap>) {
        for heap in heaps {
            self.lots.insert(heap.id, heap.lot);
            self.commands.push(Command::Lay(LeftHeap {
                heap: heap.id,
                name: heap.name.into(),
                at: heap.at,
                belongs_to: heap.belongs_to.map(|owner| EntityId::from_uuid(owner.uuid())),
                lasts_ticks: ticks(heap.lasts),
            }));
        }
    }

    /// What somebody took up is kept, so they may know.
    pub(super) fn tell_looted(&self, entity: EntityId, heap: EntityId, lot: &Lot) {
        let goods = goods_of(&lot.goods);
        let looted = ServerMessage::Looted { heap_id: heap.uuid(), money_cp: lot.money_cp, goods };
        self.say_to(entity, &looted);
    }
}

/// Goods as clients are told of them.
pub(super) fn goods_of(goods: &[Goods]) -> Vec<protocol::Goods> {
    goods.iter().map(|some| protocol::Goods { item: some.item.clone(), count: some.count }).collect()
}

/// Pieces by kind, in the order in which they came.
fn counted<'a>(pieces: impl Iterator<Item = &'a Id>) -> Vec<Goods> {
    let mut goods: Vec<Goods> = Vec::new();
    for piece in pieces {
        match goods.iter_mut().find(|some| some.item == piece.as_str()) {
            Some(some) => some.count += 1,
            None => goods.push(Goods { item: piece.to_string(), count: 1 }),
        }
    }
    goods
}

fn ticks(time: Duration) -> u32 {
    u32::try_from(time.as_millis() * u128::from(TICK_HZ) / 1_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_one_kind_are_counted() {
        let [shield, armor] = ["srd:shield", "srd:leather-armor"].map(|id| id.parse::<Id>().expect("an id"));
        let goods = counted([shield, armor, shield].iter());
        let told: Vec<_> = goods.iter().map(|some| (&*some.item, some.count)).collect();
        assert_eq!(told, [("srd:shield", 2), ("srd:leather-armor", 1)]);
    }
}
