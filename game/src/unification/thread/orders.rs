//! Players' orders, and what becomes of them; how their characters stand.

use std::collections::HashMap;

use grid::{EntityId, RequestId};
use protocol::control;
use simulation::{Command, EntityView, Event, MoveRefusal, OrderRefusal};
use uuid::Uuid;

use super::Region;
use crate::{
    orders::{PlayerOrder, Refused},
    wire::ReplyBody,
};

/// Orders whose last word is not spoken: those that wait for their tick, and for each player the one that was taken last.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// By request: whose, and by which number.
    open: HashMap<RequestId, (EntityId, u32)>,
    taken: HashMap<EntityId, RequestId>,
}

impl Orders {
    fn place(&mut self, entity: EntityId, number: u32) -> RequestId {
        let request = RequestId::from_uuid(Uuid::now_v7());
        self.open.insert(request, (entity, number));
        request
    }

    /// It was taken; the one before can fail no more.
    fn take(&mut self, request: RequestId) -> Option<(EntityId, u32)> {
        let (entity, number) = *self.open.get(&request)?;
        if let Some(before) = self.taken.insert(entity, request) {
            self.open.remove(&before);
        }
        Some((entity, number))
    }

    fn close(&mut self, request: RequestId) -> Option<(EntityId, u32)> {
        let (entity, number) = self.open.remove(&request)?;
        if self.taken.get(&entity) == Some(&request) {
            self.taken.remove(&entity);
        }
        Some((entity, number))
    }

    /// The player has left.
    pub(super) fn forget(&mut self, entity: EntityId) {
        self.open.retain(|_, (of, _)| *of != entity);
        self.taken.remove(&entity);
    }
}

impl Region {
    /// A player orders the own character to do something; the next tick judges it.
    pub(super) fn take_order(&mut self, entity: EntityId, number: u32, order: PlayerOrder) {
        match order.read() {
            Ok(order) => {
                let request = self.orders.place(entity, number);
                self.commands.push(Command::Order { request, entity, order });
            }
            Err(refused) => self.refuse_order(entity, number, refused),
        }
    }

    /// Tells a player what became of an order, if the event says so.
    pub(super) fn answer_order(&mut self, event: &Event) {
        match *event {
            Event::Ordered { request, outcome: Ok(()), .. } => {
                if let Some((entity, order)) = self.orders.take(request) {
                    self.reply_to_player(entity, ReplyBody::OrderTaken { order });
                }
            }
            Event::Ordered { request, outcome: Err(refusal), .. }
            | Event::OrderFailed { request, refusal, .. } => self.close_order(request, refusal),
            _ => {}
        }
    }

    fn close_order(&mut self, request: RequestId, refusal: OrderRefusal) {
        if let Some((entity, number)) = self.orders.close(request) {
            self.refuse_order(entity, number, refusal.into());
        }
    }

    fn refuse_order(&self, entity: EntityId, order: u32, Refused { code, reason }: Refused) {
        metrics::counter!("realmkeep_orders_refused_total", "reason" => code.name()).increment(1);
        self.reply_to_player(entity, ReplyBody::OrderRefused { order, code: code.number(), reason });
    }

    /// Tells each player how the own character stands, if that has changed.
    pub(super) fn tell_standings(&mut self, views: &[EntityView]) {
        for view in views {
            let Some(fighter) = &view.fighter else { continue };
            if self.seats.socket_of(view.entity).is_none() {
                continue;
            }
            let whole = |hit_points: i32| hit_points.max(0).unsigned_abs();
            let standing = ReplyBody::Standing {
                hit_points: whole(fighter.hit_points),
                hit_points_max: whole(fighter.hit_points_max),
                temporary: whole(fighter.temporary),
                units_per_second: view.units_per_second,
            };
            if self.told_standing.get(&view.entity) != Some(&standing) {
                self.reply_to_player(view.entity, standing.clone());
                self.told_standing.insert(view.entity, standing);
            }
        }
    }
}

/// Why a move was not taken, by the number that clients know.
pub(super) const fn wire_code(refusal: MoveRefusal) -> control::MoveRefusal {
    match refusal {
        MoveRefusal::TooFast => control::MoveRefusal::TooFast,
        MoveRefusal::NotWalkable => control::MoveRefusal::NotWalkable,
        MoveRefusal::Held => control::MoveRefusal::Held,
        MoveRefusal::NotLoaded => control::MoveRefusal::NotLoaded,
        MoveRefusal::OutOfOrder => control::MoveRefusal::OutOfOrder,
        MoveRefusal::OutOfRegion => control::MoveRefusal::OutOfRegion,
    }
}
