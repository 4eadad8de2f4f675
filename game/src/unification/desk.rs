//! Having things done in a running region: spawning, removing, ordering. Each is answered when its tick has judged it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use grid::{EntityId, RegionId, RequestId};
use simulation::{
    Alteration, Character, Command, Event, Inspection, Order, OrderRefusal, Recording, RecordingLimits,
    Spawn, Standing,
};
use tokio::sync::{mpsc, oneshot};

use super::Mail;

/// How long an answer is waited for: a region that takes longer than this for a tick is not serving.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// Where a region takes requests from those who run it.
#[derive(Clone, Debug)]
pub struct RegionDesk {
    region: RegionId,
    mailbox: mpsc::Sender<Mail>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It stands in the region.
    Spawned {
        /// Who.
        entity: EntityId,
        /// Where.
        position: grid::Position,
    },
    /// It is gone.
    Despawned,
    /// The order was taken. It can fail later, which the region's events tell.
    Taken,
}

/// A region's recording at some moment.
#[derive(Clone, Debug)]
pub struct RecordedSoFar {
    /// What it was told.
    pub recording: Recording,
    /// How much of it is kept.
    pub limits: RecordingLimits,
}

/// Why a request came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The simulation refused.
    #[error(transparent)]
    Refused(#[from] OrderRefusal),
    /// The region doesn't run, or is too slow to answer.
    #[error("the region gives no answer; try again later")]
    NoAnswer,
}

impl RegionDesk {
    pub(super) const fn new(region: RegionId, mailbox: mpsc::Sender<Mail>) -> Self {
        Self { region, mailbox }
    }

    /// Which region.
    #[must_use]
    pub const fn region(&self) -> RegionId {
        self.region
    }

    /// Sets a monster or an NPC into the region.
    ///
    /// # Errors
    /// It was refused, or the region gives no answer.
    pub async fn spawn(&self, spawn: Spawn) -> Result<Answer, DeskError> {
        self.ask(spawn.request, Command::Spawn(spawn)).await
    }

    /// Takes an entity out that is no player.
    ///
    /// # Errors
    /// There is none, or the region gives no answer.
    pub async fn despawn(&self, request: RequestId, entity: EntityId) -> Result<Answer, DeskError> {
        self.ask(request, Command::Despawn { request, entity }).await
    }

    /// Tells an entity what to do.
    ///
    /// # Errors
    /// It was refused, with figures where there are any, or the region gives no answer.
    pub async fn order(
        &self,
        request: RequestId,
        entity: EntityId,
        order: Order,
    ) -> Result<Answer, DeskError> {
        self.ask(request, Command::Order { request, entity, order }).await
    }

    /// Changes something about an entity that no deed in the game changes.
    ///
    /// # Errors
    /// It was refused, or the region gives no answer.
    pub async fn alter(
        &self,
        request: RequestId,
        entity: EntityId,
        alteration: Alteration,
    ) -> Result<Answer, DeskError> {
        self.ask(request, Command::Alter { request, entity, alteration }).await
    }

    /// How a player's character stands; `None` if it is not here. All that it has been through before is kept by then.
    ///
    /// # Errors
    /// The region gives no answer.
    pub async fn standing(&self, entity: EntityId) -> Result<Option<Standing>, DeskError> {
        self.answered(|answer| Mail::Inquire { entity, answer }).await
    }

    /// All about an entity; `None` if it is not here.
    ///
    /// # Errors
    /// The region gives no answer.
    pub async fn inspect(&self, entity: EntityId) -> Result<Option<Inspection>, DeskError> {
        self.answered(|answer| Mail::Inspect { entity, answer }).await
    }

    /// Tells the region that a character in it has changed. Nothing happens if it isn't there. `with_wear` says that its
    /// wear was changed on purpose, as by a rest; otherwise what it has been through in the region counts.
    ///
    /// # Errors
    /// The region doesn't run.
    pub async fn resheet(
        &self,
        entity: EntityId,
        character: Arc<Character>,
        with_wear: bool,
    ) -> Result<(), DeskError> {
        let command = Command::PlayerSheet { entity, character, with_wear };
        self.mailbox.send(Mail::Tell(command)).await.map_err(|_| DeskError::NoAnswer)
    }

    /// What the region has recorded so far; `None` if it keeps no recording.
    ///
    /// # Errors
    /// The region gives no answer.
    pub async fn recording(&self) -> Result<Option<RecordedSoFar>, DeskError> {
        self.record(None).await
    }

    /// Has the region keep its recording within other limits from now on, and tells what it has recorded so far.
    ///
    /// # Errors
    /// The region gives no answer.
    pub async fn limit_recording(&self, limits: RecordingLimits) -> Result<Option<RecordedSoFar>, DeskError> {
        self.record(Some(limits)).await
    }

    async fn record(&self, limits: Option<RecordingLimits>) -> Result<Option<RecordedSoFar>, DeskError> {
        self.answered(|answer| Mail::Record { limits, answer }).await
    }

    async fn ask(&self, request: RequestId, command: Command) -> Result<Answer, DeskError> {
        let outcome = self.answered(|answer| Mail::Ask { request, command, answer }).await?;
        outcome.map_err(DeskError::Refused)
    }

    /// Sends what takes an answer, and waits for it.
    async fn answered<T>(&self, mail: impl FnOnce(oneshot::Sender<T>) -> Mail) -> Result<T, DeskError> {
        let (answer, answered) = oneshot::channel();
        self.mailbox.send(mail(answer)).await.map_err(|_| DeskError::NoAnswer)?;
        match tokio::time::timeout(ANSWER_LIMIT, answered).await {
            Ok(Ok(answer)) => Ok(answer),
            _ => Err(DeskError::NoAnswer),
        }
    }
}

/// Requests whose answer has not come yet.
#[derive(Debug, Default)]
pub(super) struct Asked {
    waiting: HashMap<RequestId, oneshot::Sender<Result<Answer, OrderRefusal>>>,
}

impl Asked {
    pub(super) fn note(&mut self, request: RequestId, answer: oneshot::Sender<Result<Answer, OrderRefusal>>) {
        // Whoever has stopped waiting needs no answer, and takes up no room.
        self.waiting.retain(|_, waiting| !waiting.is_closed());
        self.waiting.insert(request, answer);
    }

    /// Hands on the answer that an event brings, if it is one.
    pub(super) fn answer(&mut self, event: &Event) {
        let (request, outcome) = match *event {
            Event::Spawned { request: Some(request), entity, position, .. } => {
                (request, Ok(Answer::Spawned { entity, position }))
            }
            Event::SpawnRefused { request, refusal, .. } => (request, Err(refusal)),
            Event::Despawned { request: Some(request), .. } => (request, Ok(Answer::Despawned)),
            Event::Ordered { request, outcome, .. } => (request, outcome.map(|()| Answer::Taken)),
            _ => return,
        };
        if let Some(waiting) = self.waiting.remove(&request) {
            let _ = waiting.send(outcome);
        }
    }
}
