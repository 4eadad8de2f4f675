//! Letters to people: short, plain text.
//!
//! A letter that can't be sent is the caller's to repeat or to give up; nothing is queued here.

mod log;

use std::sync::Arc;

use async_trait::async_trait;

pub use self::log::LogMailer;
use crate::node::{Node, NodeError};

/// A shared handle on whichever driver the configuration chose.
pub type SharedMailer = Arc<dyn Mailer>;

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whose address it goes to.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Sends letters.
#[async_trait]
pub trait Mailer: Node {
    /// Hands the letter over to whoever carries it on.
    ///
    /// # Errors
    /// The address is none, or the carrier refused or did not answer in time.
    async fn send(&self, letter: &Letter) -> Result<(), NodeError>;
}
