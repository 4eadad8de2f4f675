//! Every control message that a client sends.

use uuid::Uuid;

use crate::{
    chat::Audience,
    declare::messages,
    fight::{Act, AttackWith},
    goods::Goods,
    limits::CLIENT_MESSAGE_BYTES_MAX,
};

messages! {
    /// What a client sends.
    pub enum ClientMessage, at most CLIENT_MESSAGE_BYTES_MAX => {
        /// The first message on every socket. Exactly one of `ticket` and `resume_token` is given.
        1 Hello {
            /// The protocol version that the client speaks.
            protocol_version: u16,
            /// Hash of the declarations that the client was built from.
            schema_hash: u64,
            /// A fresh single-use ticket from `POST /api/v1/game/tickets`, for a new session.
            ticket: Option<String>,
            /// The token of the last `Welcome`, to go on with a session whose socket dropped.
            resume_token: Option<String>,
            /// Name and version of the client, for the operator's logs.
            client: String,
        },
        /// Enters the world with the ticket's character. A resumed session enters by itself and sends none.
        2 Join {},
        /// Asks to stand at a point. The server finds the height and refuses what the rules forbid.
        3 Move {
            /// Number of the move, one more than the last; frames name the last one that took effect.
            seq: u32,
            /// Eastward, in 1/256 m.
            x: i64,
            /// Southward, in 1/256 m.
            z: i64,
            /// Direction faced: 256 steps clockwise from north.
            yaw: u8,
        },
        /// Sets the area of interest. It is answered by a keyframe of each cell in the area, so sending it again is
        /// the way to repair a view.
        4 Interest {
            /// Rings of cells around the player's own cell; 0 is that cell alone.
            radius_cells: u8,
        },
        /// Sent every `heartbeat_ms` of the `Welcome` at least, whatever else is sent.
        5 Heartbeat {
            /// The client's clock in milliseconds, from any origin; it comes back in the `HeartbeatAck`.
            client_time_ms: u64,
        },
        /// Ends the session: the character leaves the world at once and the resume token is void.
        6 Goodbye {},
        /// Orders the character to attack, again every round, until the target is down or another order comes.
        7 Attack {
            /// The client's number of the order, which the answer carries.
            order: u32,
            /// The entity to attack.
            target_id: Uuid,
            /// What to attack with.
            with: AttackWith,
            /// The number of the weapon among those in hand, from 0, if `with` is `Held`; else 0.
            held: u8,
            /// Walk up to the target first, instead of being refused for want of reach.
            approach: bool,
        },
        /// Orders the character to cast a spell. It takes a second of the action, in which it can be countered.
        8 Cast {
            /// The client's number of the order, which the answer carries.
            order: u32,
            /// The spell's id, such as `srd:fireball`.
            spell: String,
            /// Level of the slot; 0 for cantrips and for what is cast by nature.
            slot: u8,
            /// At whom; one entity may stand more than once, as for magic missile.
            target_ids: Vec<Uuid>,
            /// The point that the spell is aimed at, eastward, in 1/256 m. All three of x, y and z, or none.
            x: Option<i64>,
            /// The point, upward.
            y: Option<i64>,
            /// The point, southward.
            z: Option<i64>,
            /// Where there is something to choose, the number of the option; else 0.
            choice: u8,
            /// The id of the monster that comes or whose form is taken, where there is something to choose.
            monster: Option<String>,
        },
        /// Orders the character to use an action by its id, such as a class feature's.
        9 Use {
            /// The client's number of the order, which the answer carries.
            order: u32,
            /// The action's id, such as `srd:second-wind`.
            action: String,
            /// At whom.
            target_ids: Vec<Uuid>,
            /// The point that it is aimed at, eastward, in 1/256 m. All three of x, y and z, or none.
            x: Option<i64>,
            /// The point, upward.
            y: Option<i64>,
            /// The point, southward.
            z: Option<i64>,
            /// Where there is something to choose, the number of the option; else 0.
            choice: u8,
        },
        /// Orders the character to do something that everybody can do.
        10 Do {
            /// The client's number of the order, which the answer carries.
            order: u32,
            /// What.
            act: Act,
            /// To whom, where it needs somebody.
            target_id: Option<Uuid>,
        },
        /// Orders the character to stop attacking, casting and walking.
        11 Halt {
            /// The client's number of the order, which the answer carries.
            order: u32,
        },
        /// Orders the dead character to appear at the region's spawn point again, alive.
        12 Release {
            /// The client's number of the order, which the answer carries.
            order: u32,
        },
        /// Says something to others.
        13 Say {
            /// To whom.
            to: Audience,
            /// The name of the character that is whispered to; else nil.
            name: Option<String>,
            /// What is said: one line. What is longer than 240 characters is cut.
            text: String,
        },
        /// Orders the character to take up a heap within five feet. What was in it is told by `Looted`.
        14 Take {
            /// The client's number of the order, which the answer carries.
            order: u32,
            /// The heap's entity.
            heap_id: Uuid,
        },
        /// Invites somebody into the character's party; whoever is in none makes one by it.
        15 PartyInvite {
            /// The character's name, however it is written.
            name: String,
        },
        /// Answers an invitation.
        16 PartyAnswer {
            /// The party that invited.
            party_id: Uuid,
            /// Whether the character joins.
            joins: bool,
        },
        /// Leaves the party.
        17 PartyLeave {},
        /// Sends somebody out of the party that the character leads.
        18 PartyKick {
            /// The member's entity.
            member_id: Uuid,
        },
        /// Hands the lead on to another member.
        19 PartyLead {
            /// The member's entity.
            member_id: Uuid,
        },
        /// Asks somebody near to trade. The trade begins when both have asked each other.
        20 TradeAsk {
            /// The other character's entity.
            with_id: Uuid,
        },
        /// Offers this, and nothing of what was offered before. Whoever had agreed has to do so again.
        21 TradeOffer {
            /// Coins, in copper pieces.
            money_cp: u32,
            /// Things that the character has and neither wears nor holds; each kind once.
            goods: Vec<Goods>,
        },
        /// Agrees to the trade as it was shown. When both have, it is carried out.
        22 TradeConfirm {
            /// The revision of the `TradeChanged` that was shown.
            revision: u32,
        },
        /// Calls the trade off, or what was asked.
        23 TradeCancel {},
    }
}
