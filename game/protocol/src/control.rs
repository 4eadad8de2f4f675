//! Numbers that every client meets: why sockets close, why moves are refused, what entities are.

use crate::declare::wire_enum;

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
        /// What somebody has left behind: it lies on the ground, bears the name of who left it, and can be taken up.
        Heap = 3,
    }
}
