//! The embedded driver: letters go to the log, for whoever runs the server on a laptop. What they say stands there for
//! all who read the log: not for an installation with strangers.

use async_trait::async_trait;

use super::{Letter, Mailer, SendError};
use crate::node::{Node, NodeError};

/// Writes letters into the log.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogMailer;

#[async_trait]
impl Node for LogMailer {
    fn driver(&self) -> &'static str {
        "log"
    }

    fn place(&self) -> String {
        "this process's log".to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Ok(())
    }
}

#[async_trait]
impl Mailer for LogMailer {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        tracing::info!(to = letter.to, subject = letter.subject, text = letter.text, "letter");
        Ok(())
    }
}
