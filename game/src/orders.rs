//! Orders of players: from the client's message over the bus to the simulation, and refusals back.

use grid::{EntityId, Position};
use protocol::{Act as WireAct, AttackWith, ClientMessage, OrderRefusal as WireRefusal};
use serde::{Deserialize, Serialize};
use simulation::{Act, Id, Order, OrderRefusal, Pointing, Refusal, ShoveTo, Weapon, content_id};

/// What a player orders, as it goes over the bus. Ids of the content are texts still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PlayerOrder {
    Attack {
        target: EntityId,
        /// Number of the client protocol's `AttackWith`.
        with: u8,
        held: u8,
        approach: bool,
    },
    Cast {
        spell: String,
        slot: u8,
        aim: Aim,
        monster: Option<String>,
    },
    Use {
        action: String,
        aim: Aim,
    },
    Do {
        /// Number of the client protocol's `Act`.
        act: u8,
        target: Option<EntityId>,
    },
    Halt,
    Take {
        heap: EntityId,
    },
    Release,
}

/// Whom and what an order is pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Aim {
    targets: Vec<EntityId>,
    /// East, up and south; each as the client gave it.
    point: [Option<i64>; 3],
    choice: u8,
}

/// Why an order came to nothing, as a client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: WireRefusal,
    pub(crate) reason: String,
}

impl Refused {
    fn new(code: WireRefusal, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }
}

impl PlayerOrder {
    /// The order in a client's message, with the client's number of it.
    pub(crate) fn in_message(message: ClientMessage) -> Option<(u32, Self)> {
        let aim = |targets: Vec<uuid::Uuid>, point, choice| {
            let targets = targets.into_iter().map(EntityId::from_uuid).collect();
            Aim { targets, point, choice }
        };
        Some(match message {
            ClientMessage::Attack { order, target_id, with, held, approach } => {
                let (target, with) = (EntityId::from_uuid(target_id), with.number());
                (order, Self::Attack { target, with, held, approach })
            }
            ClientMessage::Cast { order, spell, slot, target_ids, x, y, z, choice, monster } => {
                let aim = aim(target_ids, [x, y, z], choice);
                (order, Self::Cast { spell, slot, aim, monster })
            }
            ClientMessage::Use { order, action, target_ids, x, y, z, choice } => {
                (order, Self::Use { action, aim: aim(target_ids, [x, y, z], choice) })
            }
            ClientMessage::Do { order, act, target_id } => {
                (order, Self::Do { act: act.number(), target: target_id.map(EntityId::from_uuid) })
            }
            ClientMessage::Halt { order } => (order, Self::Halt),
            ClientMessage::Take { order, heap_id } => {
                (order, Self::Take { heap: EntityId::from_uuid(heap_id) })
            }
            ClientMessage::Release { order } => (order, Self::Release),
            _ => return None,
        })
    }

    /// The order as the simulation takes it.
    pub(crate) fn read(self) -> Result<Order, Refused> {
        Ok(match self {
            Self::Attack { target, with, held, approach } => {
                let with = match AttackWith::from_number(with) {
                    Some(AttackWith::Held) => Weapon::Held(held),
                    Some(AttackWith::Unarmed) => Weapon::Unarmed,
                    Some(AttackWith::Best) | None => Weapon::Best,
                };
                Order::Attack { target, with, approach }
            }
            Self::Cast { spell, slot, aim, monster } => {
                let monster = monster.map(|id| known("monster", &id)).transpose()?;
                let aim = Pointing { monster, ..aim.pointing()? };
                Order::Cast { spell: known("spell", &spell)?, slot, aim }
            }
            Self::Use { action, aim } => {
                Order::Use { action: known("action", &action)?, aim: aim.pointing()? }
            }
            Self::Do { act, target } => {
                let act = WireAct::from_number(act).map(act_of);
                let act = act.ok_or_else(|| Refused::new(WireRefusal::Unknown, "nobody can do that"))?;
                Order::Do { act, target }
            }
            Self::Halt => Order::Halt,
            Self::Take { heap } => Order::Take { heap },
            Self::Release => Order::Release,
        })
    }
}

impl Aim {
    fn pointing(self) -> Result<Pointing, Refused> {
        let point = match self.point {
            [None, None, None] => None,
            [Some(x), Some(y), Some(z)] => Some(Position::new(x, y, z)),
            _ => return Err(Refused::new(WireRefusal::NoPoint, "a point has x, y and z")),
        };
        Ok(Pointing { targets: self.targets, point, choice: self.choice, monster: None })
    }
}

fn known(what: &str, text: &str) -> Result<Id, Refused> {
    content_id(text)
        .ok_or_else(|| Refused::new(WireRefusal::Unknown, format!("the rules know no {what} `{text}`")))
}

const fn act_of(act: WireAct) -> Act {
    match act {
        WireAct::Dash => Act::Dash,
        WireAct::Disengage => Act::Disengage,
        WireAct::Dodge => Act::Dodge,
        WireAct::Help => Act::Help,
        WireAct::Hide => Act::Hide,
        WireAct::Search => Act::Search,
        WireAct::Grapple => Act::Grapple,
        WireAct::ShoveAway => Act::Shove(ShoveTo::Away),
        WireAct::ShoveProne => Act::Shove(ShoveTo::Prone),
        WireAct::Escape => Act::Escape,
        WireAct::StandUp => Act::StandUp,
        WireAct::DropProne => Act::DropProne,
        WireAct::Stabilise => Act::Stabilise,
        WireAct::EndConcentration => Act::EndConcentration,
        WireAct::Mount => Act::Mount,
    }
}

impl From<OrderRefusal> for Refused {
    fn from(refusal: OrderRefusal) -> Self {
        let code = match refusal {
            OrderRefusal::UnknownEntity
            | OrderRefusal::NoFighter
            | OrderRefusal::AlreadyHere
            | OrderRefusal::Full(_) => WireRefusal::NotHere,
            OrderRefusal::UnknownTarget => WireRefusal::UnknownTarget,
            OrderRefusal::TooManyTargets => WireRefusal::TooManyTargets,
            OrderRefusal::Ground(_) | OrderRefusal::NoWay => WireRefusal::NoWay,
            OrderRefusal::Alive => WireRefusal::Alive,
            OrderRefusal::OutOfReach { .. } => WireRefusal::OutOfRange,
            OrderRefusal::NotYours { .. } => WireRefusal::NotYours,
            OrderRefusal::Unaffected => WireRefusal::WrongTarget,
            OrderRefusal::UnknownMonster(_) => WireRefusal::Unknown,
            OrderRefusal::Rules(refusal) => code_of(refusal),
        };
        Self::new(code, refusal.to_string())
    }
}

const fn code_of(refusal: Refusal) -> WireRefusal {
    match refusal {
        Refusal::Absent => WireRefusal::NotHere,
        Refusal::OutOfRange { .. } => WireRefusal::OutOfRange,
        Refusal::Covered => WireRefusal::Covered,
        Refusal::WrongTarget | Refusal::TargetDead | Refusal::TooLarge | Refusal::Barred => {
            WireRefusal::WrongTarget
        }
        Refusal::TooManyTargets(_) => WireRefusal::TooManyTargets,
        Refusal::NoTarget => WireRefusal::NoTarget,
        Refusal::NoPoint => WireRefusal::NoPoint,
        Refusal::CannotAct | Refusal::Components => WireRefusal::CannotAct,
        Refusal::NoAction
        | Refusal::NoBonusAction
        | Refusal::NoReaction
        | Refusal::NoLegendaryAction
        | Refusal::NoMovement { .. } => WireRefusal::NoAction,
        Refusal::NoSlot(_) | Refusal::SlotTooLow { .. } => WireRefusal::NoSlot,
        Refusal::Spent => WireRefusal::Spent,
        Refusal::Unknown(_) => WireRefusal::Unknown,
        Refusal::NotNow
        | Refusal::BonusSpell
        | Refusal::TakesMinutes(_)
        | Refusal::NoOffHand
        | Refusal::NotLoaded => WireRefusal::NotNow,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn cast(spell: &str, [x, y, z]: [Option<i64>; 3]) -> ClientMessage {
        let (spell, target_ids) = (spell.to_owned(), vec![Uuid::from_u128(7)]);
        ClientMessage::Cast { order: 3, spell, slot: 3, target_ids, x, y, z, choice: 0, monster: None }
    }

    #[test]
    fn a_spell_survives_the_bus_and_is_known() {
        let (number, order) = PlayerOrder::in_message(cast("srd:fireball", [Some(1), Some(2), Some(3)]))
            .expect("it is an order");
        assert_eq!(number, 3);
        let bytes = crate::wire::encode(&order);
        let order = crate::wire::decode::<PlayerOrder>(&bytes).expect("it survives").read();
        let Ok(Order::Cast { spell, slot: 3, aim }) = order else { panic!("{order:?}") };
        assert_eq!((spell.as_str(), aim.point), ("srd:fireball", Some(Position::new(1, 2, 3))));
    }

    #[test]
    fn what_nobody_knows_and_half_a_point_are_refused_in_words() {
        let read = |message| PlayerOrder::in_message(message).expect("it is an order").1.read();
        let refused = read(cast("srd:firebowl", [None; 3])).expect_err("nobody knows it");
        assert_eq!((refused.code, refused.reason.contains("srd:firebowl")), (WireRefusal::Unknown, true));
        let refused = read(cast("srd:fireball", [Some(1), None, None])).expect_err("no point");
        assert_eq!(refused.code, WireRefusal::NoPoint);
        assert_eq!(PlayerOrder::in_message(ClientMessage::Join {}), None);
    }

    #[test]
    fn a_refusal_has_the_rules_figures() {
        let refused = Refused::from(OrderRefusal::Rules(Refusal::OutOfRange { distance: 95, reach: 60 }));
        assert_eq!(
            (refused.code, &*refused.reason),
            (WireRefusal::OutOfRange, "out of range: 95 ft, reach 60 ft")
        );
    }
}
