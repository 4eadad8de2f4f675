//! The owner of one region's live state: a thread of its own with the simulation, and the tasks that do its IO.
//!
//! ```text
//! bus commands ─▶ inbox ─▶ mailbox (bounded) ─▶ thread: 60 ticks a second ─▶ outbox ─▶ bus frames, replies
//! terrain source ◀─▶ loader ─────────┤                       ├─▶ saver ─▶ positions in the store
//! characters ◀─▶ keeper ─────────────┘◀──────────────────────┘
//! ```
//!
//! The thread never waits for IO: what it sends goes into bounded channels, and what doesn't fit is dropped where a later
//! message heals it (frames, by a complete bundle) or kept for the next turn (positions, what befell characters). A full mailbox makes the inbox
//! wait, so that commands queue up in the bus, whose own limit is counted when it is passed.

mod combat_log;
mod desk;
mod inbox;
mod keeper;
mod outbox;
mod parties;
mod saver;
mod seats;
mod status;
mod terrain_loader;
mod thread;
mod trades;

use std::{sync::Arc, time::Duration};

use grid::{CharacterId, EntityId, RegionCoord, RegionId, RequestId, WorldId};
use infra::{NodeError, bus::SharedBus};
use simulation::{
    AreaView, Character, EntityView, Inspection, OrderRefusal, RecordingLimits, SimulationSettings, Standing,
};
use store::Store;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use crate::{
    TerrainSource,
    belongings::{Deal, Exchanged, Heap},
    characters::{Aftermath, CharacterKeeper, KeepError, Kept},
    wire::{Enter, RegionCommand},
};
pub use combat_log::{COMBAT_LOG_RECORDS, CombatDeed, CombatPage, CombatRecord, Party};
pub use desk::{Answer, DeskError, RecordedSoFar, RegionDesk};
pub use status::{RegionStatus, TickTimes};

/// Letters that wait for the tick.
const MAILBOX_MAX: usize = 8_192;

/// What a region is started with.
#[derive(Clone, Debug)]
pub struct UnificationSettings {
    /// The world that the region is in.
    pub world: WorldId,
    /// The simulation's own settings; they name the region.
    pub simulation: SimulationSettings,
    /// How much the region keeps of what it is told; nothing, if absent.
    pub recording: Option<RecordingLimits>,
    /// How long a player whose socket dropped stays in the region.
    pub linkdead: Duration,
    /// How long the body of who leaves in a fight stays for it at most.
    pub fights_hold: Duration,
    /// How often players' positions are saved while they play.
    pub save_every: Duration,
}

impl UnificationSettings {
    /// Which region.
    #[must_use]
    pub const fn region(&self) -> RegionCoord {
        self.simulation.region
    }

    /// The region's id.
    #[must_use]
    pub fn region_id(&self) -> RegionId {
        self.region().id(self.world)
    }
}

/// Why a region could not be started.
#[derive(Debug, thiserror::Error)]
pub enum UnificationError {
    /// The bus refused its commands' topic.
    #[error("the region can't listen on the bus: {0}")]
    Bus(#[from] NodeError),
    /// The system gave no thread.
    #[error("the region's thread can't be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// A letter to the region's thread.
#[derive(Debug)]
enum Mail {
    Command(RegionCommand),
    Terrain(simulation::Command),
    /// A request whose answer is waited for.
    Ask {
        request: RequestId,
        command: simulation::Command,
        answer: oneshot::Sender<Result<Answer, OrderRefusal>>,
    },
    /// Word of something that needs no answer.
    Tell(simulation::Command),
    /// How somebody stands; `None` is the answer of who is not here.
    Inquire {
        entity: EntityId,
        answer: oneshot::Sender<Option<Standing>>,
    },
    /// All about somebody; `None` is the answer of who is not here.
    Inspect {
        entity: EntityId,
        answer: oneshot::Sender<Option<Inspection>>,
    },
    /// What was recorded so far; kept within other limits from now on, if there are any.
    Record {
        limits: Option<RecordingLimits>,
        answer: oneshot::Sender<Option<RecordedSoFar>>,
    },
    /// What befell a character is kept.
    Kept(Aftermath, Kept),
    /// What lies in the region from before.
    Recalled(Vec<Heap>),
    /// What became of a deal.
    Exchanged(Deal, Exchanged),
    /// The character of who enters.
    Fetched(Box<Enter>, Result<Arc<Character>, KeepError>),
    Stop,
}

/// A running region. Dropping the handle lets it run on; [`UnificationHandle::stop`] ends it.
#[derive(Debug)]
pub struct UnificationHandle {
    region: RegionId,
    board: Arc<status::Board>,
    mailbox: mpsc::Sender<Mail>,
    stopped: oneshot::Receiver<()>,
    inbox: JoinHandle<()>,
    /// These end when the thread has hung up and all is sent and saved.
    closing: Vec<JoinHandle<()>>,
}

/// A view of a running region that can be handed around.
#[derive(Clone, Debug)]
pub struct RegionWatch {
    region: RegionId,
    board: Arc<status::Board>,
}

/// Starts a region. It ticks from now on, whether anyone plays or not. Call within a tokio runtime.
///
/// # Errors
/// The bus or the system refused.
pub async fn start(
    settings: UnificationSettings,
    bus: SharedBus,
    store: Store,
    terrain: Arc<dyn TerrainSource>,
    characters: Arc<dyn CharacterKeeper>,
) -> Result<UnificationHandle, UnificationError> {
    let region = settings.region_id();
    let board = Arc::new(status::Board::new(settings.region()));
    let (mailbox, letters) = mpsc::channel(MAILBOX_MAX);
    let inbox = inbox::start(&bus, region, mailbox.clone()).await?;
    let (outgoing, outbox) = outbox::start(bus, region);
    let (saves, saver) = saver::start(store);
    let (wanted, loader) = terrain_loader::start(terrain, mailbox.clone());
    let (errands, keeper) = keeper::start(characters, mailbox.clone());
    let ends = thread::Ends { letters, outgoing, saves, errands, wanted, board: Arc::clone(&board) };
    let stopped = thread::spawn(settings, ends)?;
    tracing::info!(%region, "region started");
    Ok(UnificationHandle {
        region,
        board,
        mailbox,
        stopped,
        inbox,
        closing: vec![outbox, saver, keeper, loader],
    })
}

impl UnificationHandle {
    /// Which region.
    #[must_use]
    pub const fn region(&self) -> RegionId {
        self.region
    }

    /// How the region does.
    #[must_use]
    pub fn status(&self) -> RegionStatus {
        self.board.status(self.region)
    }

    /// Everyone in the region as of the last net tick, sorted by net id.
    #[must_use]
    pub fn entities(&self) -> Arc<Vec<EntityView>> {
        self.board.entities()
    }

    /// Something to hand to those who have things done.
    #[must_use]
    pub fn desk(&self) -> RegionDesk {
        RegionDesk::new(self.region, self.mailbox.clone())
    }

    /// Something to hand to those who only look.
    #[must_use]
    pub fn watch(&self) -> RegionWatch {
        RegionWatch { region: self.region, board: Arc::clone(&self.board) }
    }

    /// Stops the region: its players are told and saved. Returns when that is done.
    pub async fn stop(self) {
        self.inbox.abort();
        // A thread that is gone already has hung up.
        let _ = self.mailbox.send(Mail::Stop).await;
        if self.stopped.await.is_err() {
            tracing::error!(region = %self.region, "the region's thread had died before it was stopped");
        }
        for task in self.closing {
            if let Err(error) = task.await {
                tracing::error!(region = %self.region, %error, "a task of the region failed");
            }
        }
        tracing::info!(region = %self.region, "region stopped");
    }
}

impl RegionWatch {
    /// How the region does.
    #[must_use]
    pub fn status(&self) -> RegionStatus {
        self.board.status(self.region)
    }

    /// Everyone in the region as of the last net tick, sorted by net id.
    #[must_use]
    pub fn entities(&self) -> Arc<Vec<EntityView>> {
        self.board.entities()
    }

    /// The zones, walls and auras in the region as of the last net tick.
    #[must_use]
    pub fn areas(&self) -> Arc<Vec<AreaView>> {
        self.board.areas()
    }

    /// What is remembered of fights after a tick, oldest first.
    #[must_use]
    pub fn fights_since(&self, tick: u64) -> Vec<CombatPage> {
        self.board.combat_log().since(tick)
    }
}

/// A player's entity and character carry the same UUID, so a character is never in a region twice.
fn character(entity: EntityId) -> CharacterId {
    CharacterId::from_uuid(entity.uuid())
}
