//! What staff do about jobs, their queue and their schedules.

use grid::JobId;
use uuid::Uuid;

use super::{
    cancel_job::cancel_job, pause_queue::pause_queue, pause_schedule::pause_schedule, retry_job::retry_job,
    run_schedule::run_schedule,
};
use crate::{
    Failure,
    components::{button::ButtonKind, deed_dialog::Deed},
};

/// Something to do.
#[derive(Clone, Debug)]
pub(super) enum JobDeed {
    Cancel(JobId),
    TryAgain(JobId),
    PauseQueue,
    ResumeQueue,
    PauseSchedule(Scheduled),
    ResumeSchedule(Scheduled),
    RunSchedule(Scheduled),
}

/// A schedule, as deeds name it.
#[derive(Clone, Debug)]
pub(super) struct Scheduled {
    pub(super) id: Uuid,
    pub(super) name: String,
}

impl Deed for JobDeed {
    fn title(&self) -> String {
        match self {
            Self::Cancel(_) => "Cancel this job?".to_owned(),
            Self::TryAgain(_) => "Try this job again?".to_owned(),
            Self::PauseQueue => "Pause the queue?".to_owned(),
            Self::ResumeQueue => "Resume the queue?".to_owned(),
            Self::PauseSchedule(schedule) => format!("Pause {}?", schedule.name),
            Self::ResumeSchedule(schedule) => format!("Resume {}?", schedule.name),
            Self::RunSchedule(schedule) => format!("Run {} now?", schedule.name),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Cancel(_) => {
                "It stops at its next step. What it has done is kept, and it can be tried again."
            }
            Self::TryAgain(_) => "It waits for a worker once more, and goes on where it was.",
            Self::PauseQueue => {
                "Running jobs stop at their next step, and go on after the pause. Play goes on."
            }
            Self::ResumeQueue => "Jobs that wait are worked on again.",
            Self::PauseSchedule(_) => {
                "It asks for no jobs until it is resumed. One that runs is not stopped."
            }
            Self::ResumeSchedule(_) => {
                "It asks for its job at its next time. Times that passed are not made up for."
            }
            Self::RunSchedule(_) => "Its job is queued now, whatever the clock says. The next time stays.",
        }
        .to_owned()
    }

    fn verb(&self) -> String {
        match self {
            Self::Cancel(_) => "Cancel the job",
            Self::TryAgain(_) => "Try again",
            Self::PauseQueue => "Pause the queue",
            Self::ResumeQueue => "Resume the queue",
            Self::PauseSchedule(_) => "Pause it",
            Self::ResumeSchedule(_) => "Resume it",
            Self::RunSchedule(_) => "Run it now",
        }
        .to_owned()
    }

    fn kind(&self) -> ButtonKind {
        if matches!(self, Self::Cancel(_)) { ButtonKind::Danger } else { ButtonKind::Primary }
    }

    async fn carry_out(self, reason: String) -> Result<String, Failure> {
        let done = match self {
            Self::Cancel(job) => {
                cancel_job(job, reason).await?;
                "The job is being cancelled".to_owned()
            }
            Self::TryAgain(job) => {
                retry_job(job, reason).await?;
                "The job is queued again".to_owned()
            }
            Self::PauseQueue => {
                pause_queue(true, reason).await?;
                "The queue stands still. Running jobs stop at their next step".to_owned()
            }
            Self::ResumeQueue => {
                pause_queue(false, reason).await?;
                "The queue goes on".to_owned()
            }
            Self::PauseSchedule(schedule) => {
                pause_schedule(schedule.id, true, reason).await?;
                format!("{} stands still", schedule.name)
            }
            Self::ResumeSchedule(schedule) => {
                pause_schedule(schedule.id, false, reason).await?;
                format!("{} goes on", schedule.name)
            }
            Self::RunSchedule(schedule) => {
                run_schedule(schedule.id, reason).await?;
                "The job is queued".to_owned()
            }
        };
        Ok(done)
    }
}
