//! The declarations: every control message and every number that a client may meet.

use uuid::Uuid;

use crate::{
    declare::{messages, wire_enum},
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
