//! Trade between two players.

use crate::declare::wire_enum;

wire_enum! {
    /// How a trade ended.
    pub enum TradeEnding: u8 {
        /// Each has what the other offered. It is kept: nothing that happens to the server undoes it.
        Done = 1,
        /// One of both called it off. Nothing has changed hands.
        CalledOff = 2,
        /// The other is gone. Nothing has changed hands.
        Left = 3,
        /// One of both doesn't have what was offered; the reason tells who and what. Nothing has changed hands.
        Impossible = 4,
    }
}

wire_enum! {
    /// Why nothing came of something about a trade.
    pub enum TradeRefusal: u8 {
        /// Others were called on too often in too short a time. Try again in a moment.
        TooOften = 1,
        /// No such player is in the region.
        NobodyThere = 2,
        /// The other is too far away; the reason tells how far, and how far is near enough.
        TooFar = 3,
        /// One of both trades already.
        Busy = 4,
        /// The character trades with nobody.
        NoTrade = 5,
        /// The offers have changed since that revision.
        Changed = 6,
        /// Both have agreed: the trade is being carried out.
        Closing = 7,
        /// No such thing can be offered, or one kind stands there more than once.
        Unknown = 8,
    }
}
