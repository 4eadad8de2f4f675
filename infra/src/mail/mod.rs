//! Letters to people: short, plain text.
//!
//! A letter that can't be sent is the caller's to repeat or to give up; nothing is queued here. Letters may hold secrets, so
//! no driver but the [log](LogMailer) writes down what they say.

mod log;
mod sender;
mod smtp;

use std::sync::Arc;

use async_trait::async_trait;

pub use self::{
    log::LogMailer,
    sender::{NotASender, Sender},
    smtp::{Encryption, Login, SmtpMailer, SmtpServer},
};
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

/// Why a letter was not taken. What the carrier said is told without the recipient's address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The carrier will never take it: there is no such mailbox, for one.
    #[error("the letter was refused: {0}")]
    Refused(String),
    /// The carrier will take this letter later, and others now.
    #[error("the letter was put off: {0}")]
    PutOff(String),
    /// The carrier takes no letters at present, whoever they are for.
    #[error(transparent)]
    Away(#[from] NodeError),
}

/// Sends letters.
#[async_trait]
pub trait Mailer: Node {
    /// Hands the letter over to whoever carries it on.
    ///
    /// # Errors
    /// It was not taken. After [`SendError::Away`] it may have been, if the connection broke in the last moment.
    async fn send(&self, letter: &Letter) -> Result<(), SendError>;
}
