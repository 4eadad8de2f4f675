//! The closed lists of words by which players talk to each other.

use crate::declare::wire_enum;

wire_enum! {
    /// Whom something is said to.
    pub enum Audience: u8 {
        /// Everybody whose area of interest holds the speaker's cell.
        Near = 1,
        /// Everybody in the region.
        Region = 2,
        /// One player, by the character's name.
        Whisper = 3,
        /// Everybody in the character's party, wherever they are in the region.
        Party = 4,
    }
}

wire_enum! {
    /// Why something was not said.
    pub enum SayRefusal: u8 {
        /// Too much was said in too short a time. Try again in a moment.
        TooOften = 1,
        /// The account may not speak to others for now.
        Muted = 2,
        /// Nothing is left of the text without blanks and what can't be shown.
        Empty = 3,
        /// Nobody of that name plays in the region.
        NobodyThere = 4,
        /// The server can't tell just now whether the account may speak. Try again in a moment.
        Unavailable = 5,
        /// The character is in no party.
        NoParty = 6,
    }
}
