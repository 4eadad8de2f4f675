//! What players want of each other: to play together, or to trade. From the client's message over the bus to the region.

use grid::EntityId;
use protocol::ClientMessage;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::belongings::{Goods, Lot};

/// What a player wants of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Wish {
    Invite { name: String },
    AnswerInvitation { party: Uuid, joins: bool },
    LeaveParty,
    Kick { member: EntityId },
    Lead { member: EntityId },
    Trade { with: EntityId },
    Offer(Lot),
    Agree { revision: u32 },
    CallOff,
}

impl Wish {
    /// The wish in a client's message, if there is one.
    pub(crate) fn in_message(message: &ClientMessage) -> Option<Self> {
        Some(match message {
            ClientMessage::PartyInvite { name } => Self::Invite { name: name.clone() },
            ClientMessage::PartyAnswer { party_id, joins } => {
                Self::AnswerInvitation { party: *party_id, joins: *joins }
            }
            ClientMessage::PartyLeave {} => Self::LeaveParty,
            ClientMessage::PartyKick { member_id } => Self::Kick { member: EntityId::from_uuid(*member_id) },
            ClientMessage::PartyLead { member_id } => Self::Lead { member: EntityId::from_uuid(*member_id) },
            ClientMessage::TradeAsk { with_id } => Self::Trade { with: EntityId::from_uuid(*with_id) },
            ClientMessage::TradeOffer { money_cp, goods } => {
                let goods = goods.iter().map(|some| Goods { item: some.item.clone(), count: some.count });
                Self::Offer(Lot { money_cp: *money_cp, goods: goods.collect() })
            }
            ClientMessage::TradeConfirm { revision } => Self::Agree { revision: *revision },
            ClientMessage::TradeCancel {} => Self::CallOff,
            _ => return None,
        })
    }
}
