//! Whom letters come from.

use std::str::FromStr;

use lettre::message::Mailbox;

/// An address that letters come from, perhaps with a name: `Realmkeep <no-reply@example.org>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(pub(super) Mailbox);

/// A text that is no sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an address such as `no-reply@example.org`, or `Name <no-reply@example.org>`")]
pub struct NotASender;

impl FromStr for Sender {
    type Err = NotASender;

    fn from_str(text: &str) -> Result<Self, NotASender> {
        text.parse().map(Self).map_err(|_| NotASender)
    }
}
