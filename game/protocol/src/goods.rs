//! What lies about and changes hands.

use crate::declare::wire_record;

wire_record! {
    /// Some pieces of one kind.
    pub struct Goods {
        /// The id of the thing, such as `srd:torch`.
        item: String,
        /// How many.
        count: u32,
    }
}
