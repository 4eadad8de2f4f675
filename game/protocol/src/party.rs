//! Playing together.

use uuid::Uuid;

use crate::declare::{wire_enum, wire_record};

wire_record! {
    /// Somebody in a party.
    pub struct Member {
        /// The character's entity.
        id: Uuid,
        /// The character's name.
        name: String,
        /// Whether the character is in the region just now.
        here: bool,
    }
}

wire_enum! {
    /// Why nothing came of something about a party.
    pub enum PartyRefusal: u8 {
        /// Others were called on too often in too short a time. Try again in a moment.
        TooOften = 1,
        /// Nobody of that name plays in the region.
        NobodyThere = 2,
        /// Whoever is meant is in a party already.
        InParty = 3,
        /// Only who leads the party can do that.
        NotLeader = 4,
        /// A party has eight members at most, the invited among them.
        Full = 5,
        /// The character is in no party, or whoever is meant is not in it.
        NoParty = 6,
        /// The party has not invited the character, or does not any more.
        NotInvited = 7,
    }
}
