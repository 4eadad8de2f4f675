//! What staff do about pipelines.

use uuid::Uuid;

use super::{
    pause_pipeline::{pause_pipeline, resume_pipeline},
    retry_dead_letters::retry_dead_letters,
};
use crate::{Failure, components::deed_dialog::Deed, format};

/// Something to do about a pipeline.
#[derive(Clone, Debug)]
pub(super) struct PipelineDeed {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) what: What,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Pause,
    Resume,
    /// Try one dead letter again, or all.
    TryAgain(Option<Uuid>),
}

impl Deed for PipelineDeed {
    fn title(&self) -> String {
        match self.what {
            What::Pause => format!("Pause {}?", self.name),
            What::Resume => format!("Resume {}?", self.name),
            What::TryAgain(None) => format!("Try all dead letters of {} again?", self.name),
            What::TryAgain(Some(_)) => format!("Try this dead letter of {} again?", self.name),
        }
    }

    fn text(&self) -> String {
        match self.what {
            What::Pause => "It takes in nothing more. Events wait on their stream, and none is lost.",
            What::Resume => "It goes on where it was.",
            What::TryAgain(_) => "What can be made of it now is written; what can’t is a dead letter again.",
        }
        .to_owned()
    }

    fn verb(&self) -> String {
        match self.what {
            What::Pause => "Pause it",
            What::Resume => "Resume it",
            What::TryAgain(_) => "Try again",
        }
        .to_owned()
    }

    async fn carry_out(self, reason: String) -> Result<String, Failure> {
        match self.what {
            What::Pause => {
                pause_pipeline(self.id, reason).await?;
                Ok("Paused. Events wait on their stream".to_owned())
            }
            What::Resume => {
                resume_pipeline(self.id, reason).await?;
                Ok("It goes on where it was".to_owned())
            }
            What::TryAgain(letter) => {
                let reply = retry_dead_letters(self.id, letter, reason).await?;
                Ok(format!("{} tried again", format::count(reply.queued)))
            }
        }
    }
}
