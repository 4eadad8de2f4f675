//! Every control message that a server sends.

use uuid::Uuid;

use crate::{
    chat::{Audience, SayRefusal},
    control::{CloseCode, MoveRefusal},
    declare::messages,
    fight::{Ability, AttackOutcome, DamageType, OrderRefusal},
    goods::Goods,
    limits::SERVER_MESSAGE_BYTES_MAX,
    party::{Member, PartyRefusal},
    trade::{TradeEnding, TradeRefusal},
};

messages! {
    /// What a server sends.
    pub enum ServerMessage, at most SERVER_MESSAGE_BYTES_MAX => {
        /// Answers `Hello`: the session stands.
        1 Welcome {
            /// The session; it stays the same across resumes.
            session_id: Uuid,
            /// The world that the character is in.
            world_id: Uuid,
            /// The region that the character is in.
            region_id: Uuid,
            /// What to say `Hello` with after a dropped socket. Each `Welcome` brings a new one and voids the last.
            resume_token: String,
            /// Whether the session goes on from an earlier socket; `Joined` then follows without a `Join`.
            resumed: bool,
            /// Simulation ticks a second.
            tick_hz: u16,
            /// Frames a second, at most.
            net_hz: u16,
            /// How often to send `Heartbeat` at least, in milliseconds.
            heartbeat_ms: u32,
            /// How long after a drop the session can be resumed, in milliseconds.
            resume_ttl_ms: u32,
        },
        /// The character is in the world. Frames follow.
        2 Joined {
            /// The character's entity.
            entity_id: Uuid,
            /// The entity's number in frames.
            net_id: u32,
            /// The character's name.
            character_name: String,
            /// Eastward, in 1/256 m.
            x: i64,
            /// Upward, in 1/256 m.
            y: i64,
            /// Southward, in 1/256 m.
            z: i64,
            /// Walking speed: 1/256 m a second.
            units_per_second: u32,
            /// The last `Move.seq` that took effect; 0 when none did.
            move_seq: u32,
            /// The simulation's tick.
            tick: u64,
        },
        /// A move was refused. The player stands where the message says; later moves start from there.
        3 MoveRefused {
            /// The refused move.
            seq: u32,
            /// Why, for the program.
            code: MoveRefusal,
            /// Why, for a person.
            reason: String,
            /// Where the player stands: eastward, in 1/256 m.
            x: i64,
            /// Where the player stands: upward, in 1/256 m.
            y: i64,
            /// Where the player stands: southward, in 1/256 m.
            z: i64,
        },
        /// Answers `Heartbeat`.
        4 HeartbeatAck {
            /// The number that the heartbeat carried.
            client_time_ms: u64,
            /// The simulation's tick.
            tick: u64,
        },
        /// The last message before the server closes the socket with the same code.
        5 Goodbye {
            /// Why, for the program.
            code: CloseCode,
            /// Why, for a person.
            reason: String,
        },
        /// The character earned experience. It is kept: nothing that happens to the server takes it away again.
        6 Earned {
            /// Points earned.
            experience: u32,
            /// All points that the character has.
            total: u32,
            /// By whose death.
            by: Uuid,
        },
        /// An order was taken. It can still fail later, which an `OrderRefused` of the same number tells.
        7 OrderTaken {
            /// The order.
            order: u32,
        },
        /// An order was refused, or can't be carried out any more.
        8 OrderRefused {
            /// The order.
            order: u32,
            /// Why, for the program.
            code: OrderRefusal,
            /// Why, for a person, with figures where there are any.
            reason: String,
        },
        /// How the player's own character stands. It comes when something of it has changed.
        9 Standing {
            /// Hit points left.
            hit_points: u32,
            /// Most hit points.
            hit_points_max: u32,
            /// Temporary hit points.
            temporary: u32,
            /// Greatest speed that moves are accepted at now: 1/256 m a second. In a fight it is what is left of the turn's
            /// movement.
            units_per_second: u32,
        },
        /// Somebody in view attacked. A hit's harm is told by `Damaged`.
        10 Attacked {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            attacker: u32,
            /// Whom, by net id.
            target: u32,
            /// How it ended.
            outcome: AttackOutcome,
            /// What the die showed.
            die: u8,
            /// What was added to it.
            bonus: i64,
            /// What had to be reached.
            against: i64,
        },
        /// Somebody in view was harmed.
        11 Damaged {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
            /// By whom, by net id; 0 if they are gone.
            by: u32,
            /// What kind of harm.
            damage_type: DamageType,
            /// Harm that was dealt.
            dealt: u32,
            /// Hit points that were lost: less than dealt for who resists.
            lost: u32,
        },
        /// Somebody in view regained hit points.
        12 Healed {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
            /// By whom, by net id; 0 if they are gone.
            by: u32,
            /// Hit points regained.
            amount: u32,
        },
        /// Somebody in view begins to cast. Until the spell is there it can be countered.
        13 CastBegan {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            caster: u32,
            /// The spell's id.
            spell: String,
            /// The tick at which the spell is there.
            until_tick: u64,
        },
        /// A spell of somebody in view is there.
        14 SpellCast {
            /// The simulation's tick.
            tick: u64,
            /// Whose, by net id.
            caster: u32,
            /// The spell's id.
            spell: String,
            /// The level that it was cast at; 0 for cantrips.
            level: u8,
        },
        /// A spell of somebody in view was countered.
        15 SpellCountered {
            /// The simulation's tick.
            tick: u64,
            /// Whose, by net id.
            caster: u32,
            /// The spell's id.
            spell: String,
        },
        /// Somebody in view made a saving throw.
        16 Saved {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
            /// By which ability.
            ability: Ability,
            /// Whether it succeeded.
            success: bool,
            /// What the die showed.
            die: u8,
            /// What was added to it.
            bonus: i64,
            /// What had to be reached.
            against: i64,
        },
        /// An effect was laid on somebody in view.
        17 EffectBegan {
            /// The simulation's tick.
            tick: u64,
            /// On whom, by net id.
            target: u32,
            /// By whom, by net id; 0 if they are gone.
            by: u32,
            /// The effect's id.
            effect: String,
        },
        /// An effect on somebody in view ended.
        18 EffectEnded {
            /// The simulation's tick.
            tick: u64,
            /// On whom, by net id.
            target: u32,
            /// The effect's id.
            effect: String,
        },
        /// Somebody in view fell to 0 hit points.
        19 Fell {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
            /// By whom, by net id; 0 if they are gone.
            by: u32,
        },
        /// Somebody in view died.
        20 Died {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
            /// By whom, by net id; 0 if they are gone.
            by: u32,
        },
        /// Somebody in view lives again.
        21 Revived {
            /// The simulation's tick.
            tick: u64,
            /// Who, by net id.
            target: u32,
        },
        /// Somebody said something that this player may hear; the speaker hears it, too.
        22 Said {
            /// To whom.
            to: Audience,
            /// The speaker's entity.
            from_id: Uuid,
            /// The speaker's name.
            from: String,
            /// The name of who was whispered to; else nil.
            name: Option<String>,
            /// What was said: one line that holds nothing invisible.
            text: String,
        },
        /// Something was not said.
        23 SayRefused {
            /// Why, for the program.
            code: SayRefusal,
            /// Why, for a person.
            reason: String,
        },
        /// The character has what was in a heap. It is kept: nothing that happens to the server takes it away again.
        24 Looted {
            /// The heap's entity, which is gone.
            heap_id: Uuid,
            /// Coins, in copper pieces.
            money_cp: u32,
            /// Things.
            goods: Vec<Goods>,
        },
        /// Somebody wants the character in their party. `PartyAnswer` answers.
        25 PartyInvited {
            /// The party.
            party_id: Uuid,
            /// The entity of who invites.
            from_id: Uuid,
            /// Their name.
            from: String,
        },
        /// The character's party is this from now on. It comes when something of it has changed, and after `Joined` to who is
        /// in one.
        26 PartyChanged {
            /// The party; nil of who is in none.
            party_id: Option<Uuid>,
            /// The entity of who leads it; nil of who is in none.
            leader_id: Option<Uuid>,
            /// All members, the character among them, in the order in which they came.
            members: Vec<Member>,
        },
        /// Nothing came of something about a party.
        27 PartyRefused {
            /// Why, for the program.
            code: PartyRefusal,
            /// Why, for a person.
            reason: String,
        },
        /// Somebody wants to trade. The trade begins by a `TradeAsk` back.
        28 TradeAsked {
            /// Their entity.
            from_id: Uuid,
            /// Their name.
            from: String,
        },
        /// A trade has begun, or stands otherwise than before.
        29 TradeChanged {
            /// The other's entity.
            with_id: Uuid,
            /// The other's name.
            with: String,
            /// The number of these offers, to agree to them by.
            revision: u32,
            /// Coins that the character offers, in copper pieces.
            own_money_cp: u32,
            /// Things that the character offers.
            own_goods: Vec<Goods>,
            /// Whether the player has agreed.
            own_agreed: bool,
            /// Coins that the other offers, in copper pieces.
            their_money_cp: u32,
            /// Things that the other offers.
            their_goods: Vec<Goods>,
            /// Whether the other has agreed.
            their_agreed: bool,
        },
        /// A trade is over.
        30 TradeEnded {
            /// The other's entity.
            with_id: Uuid,
            /// How it ended.
            ending: TradeEnding,
            /// The same for a person.
            reason: String,
        },
        /// Nothing came of something about a trade. It stands as before.
        31 TradeRefused {
            /// Why, for the program.
            code: TradeRefusal,
            /// Why, for a person, with figures where there are any.
            reason: String,
        },
    }
}
