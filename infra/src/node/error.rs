//! Why a node refused or failed.

/// Why a node refused or failed. Every message names the place, never a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NodeError {
    /// A name is empty, too long, or has characters other than visible ASCII.
    #[error("{what} {name:?} is not a name of 1 to {bytes_max} visible ASCII characters")]
    InvalidName {
        /// What it was to name.
        what: &'static str,
        /// The name, cut to the limit.
        name: String,
        /// The longest name, in bytes.
        bytes_max: usize,
    },
    /// A payload or value is larger than its limit.
    #[error("{what} of {bytes} bytes exceeds {bytes_max}")]
    TooLarge {
        /// What it was meant for.
        what: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// There is no room for more until somebody takes something out.
    #[error("{what} is full: it holds {limit}")]
    Full {
        /// What is full.
        what: String,
        /// How many it holds.
        limit: usize,
    },
    /// It must exist already and does not.
    #[error("there is no {what} {name:?}")]
    Unknown {
        /// What it would be.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The address does not parse.
    #[error("address {address:?} is not usable: {reason}")]
    InvalidAddress {
        /// The address, without its password.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answers there, or the connection broke.
    #[error("{place} is not reachable: {reason}")]
    Unreachable {
        /// Where it was looked for.
        place: String,
        /// What the last attempt said.
        reason: String,
    },
    /// No answer within the time limit.
    #[error("{place} did not answer within {limit_ms} ms")]
    TimedOut {
        /// Where it was looked for.
        place: String,
        /// The limit that passed, in milliseconds.
        limit_ms: u64,
    },
    /// It answered, and said no.
    #[error("{place} failed: {reason}")]
    Failed {
        /// Where.
        place: String,
        /// What it said.
        reason: String,
    },
}

impl NodeError {
    /// Whether the node may work again by itself, without anyone changing the request.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Full { .. })
    }
}
