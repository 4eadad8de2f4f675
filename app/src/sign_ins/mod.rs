//! Sign-ins as a table: one's own, and somebody else's.

mod device;
pub(crate) mod table;
