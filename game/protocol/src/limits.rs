//! The limits that every decoder enforces, and the timing that both sides keep.

/// One limit, for those who write it down in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Name in `SCREAMING_SNAKE_CASE`, its unit last.
    pub name: &'static str,
    /// What it limits.
    pub doc: &'static str,
    /// The greatest value that is allowed, or the value that is meant.
    pub value: i64,
}

macro_rules! limits {
    ($( $(#[doc = $doc:literal])+ $name:ident: $type:ty = $value:expr; )+) => {
        $( $(#[doc = $doc])+ pub const $name: $type = $value; )+

        /// All of them.
        pub const ALL: &[Limit] = &[$(
            Limit { name: stringify!($name), doc: concat!($($doc),+), value: $name as i64 },
        )+];
    };
}

limits! {
    /// Longest message from a client, in bytes, the channel byte included.
    CLIENT_MESSAGE_BYTES_MAX: usize = 4 * 1024;
    /// Longest message from a server, in bytes, the channel byte included.
    SERVER_MESSAGE_BYTES_MAX: usize = 1024 * 1024;
    /// Longest text in a control message, in bytes of UTF-8.
    TEXT_BYTES_MAX: usize = 512;
    /// Longest entity name, in bytes of UTF-8.
    NAME_BYTES_MAX: usize = 64;
    /// Most segments in one frame, and most cells in a client's view.
    FRAME_SEGMENTS_MAX: usize = 1024;
    /// Most entities that one cell's stream carries.
    CELL_ENTITIES_MAX: usize = 4096;
    /// Largest area of interest: rings of cells around the player's own cell.
    INTEREST_RADIUS_CELLS_MAX: u8 = 4;
    /// Area of interest before the client asks for another.
    INTEREST_RADIUS_CELLS_DEFAULT: u8 = 2;
    /// Missed heartbeats after which either side takes the link for dead.
    HEARTBEATS_MISSED_MAX: u32 = 3;
    /// Most targets of one order.
    TARGETS_MAX: usize = 16;
    /// Most records of a list, such as the kinds of goods in an offer.
    RECORDS_MAX: usize = 16;
    /// An entity's health while it is unhurt; 0 is down.
    HEALTH_FULL: u8 = 255;
    /// Position units (1/256 m) in a metre.
    METRE_UNITS: i64 = 256;
    /// Position units (1/256 m) along a cell's side; an in-cell offset is smaller.
    CELL_UNITS: i64 = 16_384;
}
