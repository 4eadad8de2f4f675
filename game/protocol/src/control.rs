//! The declarations: every control message and every number that a client may meet.

use uuid::Uuid;

use crate::{
    chat::{Audience, SayRefusal},
    declare::{messages, wire_enum},
    fight::{Ability, Act, AttackOutcome, AttackWith, DamageType, OrderRefusal},
    limits::{CLIENT_MESSAGE_BYTES_MAX, SERVER_MESSAGE_BYTES_MAX},
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
    }
}

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
    }
}

wire_enum! {
    /// Why a socket was closed: the WebSocket close code.
    pub enum CloseCode: u16 {
        /// The client said goodbye. The session is over.
        Farewell = 4000,
        /// A message could not be decoded, or came as text.
        Malformed = 4001,
        /// A message was longer than its limit.
        TooLarge = 4002,
        /// The protocol version or the schema hash is not the server's. Update the client.
        Incompatible = 4003,
        /// The ticket is unknown, used or expired. Ask for a new one.
        TicketRefused = 4004,
        /// The resume token is unknown, used or expired. Begin anew with a ticket.
        ResumeRefused = 4005,
        /// A message came that is not allowed in this state, such as a second `Hello`.
        OutOfOrder = 4006,
        /// No `Hello` came in time.
        HelloTimeout = 4007,
        /// No `Heartbeat` came for three intervals. The session can be resumed.
        HeartbeatTimeout = 4008,
        /// The client reads too slowly even for keyframes. The session can be resumed.
        TooSlow = 4009,
        /// Another socket took the session or the character over.
        Replaced = 4010,
        /// More messages came than any player needs.
        TooManyMessages = 4011,
        /// The server is stopping or restarting. The session can be resumed.
        ServerStopping = 4012,
        /// The region is not running. The session can be resumed.
        RegionUnavailable = 4013,
        /// The server failed. The session can be resumed.
        Internal = 4014,
        /// The character can't enter the world.
        JoinRefused = 4015,
        /// The server holds as many players as it may. Try again later.
        Full = 4016,
        /// The account was signed out, banned or disabled. The session is over.
        SignedOut = 4017,
    }
}

impl CloseCode {
    /// Whether the client should connect again with its resume token.
    #[must_use]
    pub const fn may_resume(self) -> bool {
        matches!(
            self,
            Self::HeartbeatTimeout
                | Self::TooSlow
                | Self::ServerStopping
                | Self::RegionUnavailable
                | Self::Internal
        )
    }
}

wire_enum! {
    /// Why a move was refused.
    pub enum MoveRefusal: u8 {
        /// Farther than the walking speed allows.
        TooFast = 1,
        /// Water, a cliff or another ground that can't be walked lies there or on the way.
        NotWalkable = 2,
        /// The terrain there is not ready yet. Try again in a moment.
        NotLoaded = 3,
        /// The number of the move is not above the last one's.
        OutOfOrder = 4,
        /// The point lies outside of the region.
        OutOfRegion = 5,
        /// The character is down, held fast or dead.
        Held = 6,
    }
}

wire_enum! {
    /// What an entity is.
    pub enum EntityKind: u8 {
        /// A player's character.
        Player = 1,
        /// A creature that the server moves.
        Npc = 2,
    }
}
