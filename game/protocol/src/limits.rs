//! The limits that every decoder enforces, and the timing that both sides keep.

/// Longest message from a client, in bytes, the channel byte included.
pub const CLIENT_MESSAGE_BYTES_MAX: usize = 4 * 1024;
/// Longest message from a server, in bytes, the channel byte included.
pub const SERVER_MESSAGE_BYTES_MAX: usize = 1024 * 1024;
/// Longest text in a control message, in bytes of UTF-8.
pub const TEXT_BYTES_MAX: usize = 512;
/// Longest entity name, in bytes of UTF-8.
pub const NAME_BYTES_MAX: usize = 64;
/// Most segments in one frame.
pub const FRAME_SEGMENTS_MAX: usize = 1024;
/// Most entities that one cell's stream carries.
pub const CELL_ENTITIES_MAX: usize = 4096;
/// Largest area of interest: rings of cells around the player's own cell.
pub const INTEREST_RADIUS_CELLS_MAX: u8 = 4;
/// Area of interest before the client asks for another.
pub const INTEREST_RADIUS_CELLS_DEFAULT: u8 = 2;
/// Missed heartbeats after which either side takes the link for dead.
pub const HEARTBEATS_MISSED_MAX: u32 = 3;
/// Position units (1/256 m) along a cell's side; an in-cell offset is smaller.
pub const CELL_UNITS: i64 = 16_384;
