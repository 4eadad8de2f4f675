//! The nodes of this process: metadata from files, a driver in each seat, and the exchange of drivers by order.
//!
//! [`table`] says which drivers there are. [`Nodes`] holds what runs; it knows neither who gives an order (that is for
//! the use cases to check and to note) nor where the history of swaps is kept.

mod drivers;
mod household;
mod metadata;
mod place;
pub mod table;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

pub use schemars::Schema;
use uuid::Uuid;

pub(crate) use self::place::Place;
pub use self::{
    drivers::{Drivers, Menu, Surroundings},
    household::{FixedNode, FurnishError, Household, Jobs, Plan, Sessions, open_blobs},
    metadata::{Metadata, MetadataError, MetadataFile, Misfit},
};
use crate::{
    node::{Kind, NodeError},
    swap::{Progress, State, Step, SwapFailure},
};

/// The nodes of this process.
#[derive(Debug, Default)]
pub struct Nodes {
    installed: Vec<Installed>,
}

/// A node that runs.
#[derive(Debug)]
pub struct Installed {
    /// Where its metadata lies, and may be written.
    file: PathBuf,
    /// Whether settings of the process go before that file.
    is_overruled: bool,
    metadata: Mutex<Metadata>,
    place: Box<dyn Place>,
    /// Held by the swap that is under way.
    swap: tokio::sync::Mutex<()>,
    progress: Mutex<Option<Progress>>,
    /// What the file says by now, if that is not what runs.
    offered: Mutex<Option<Metadata>>,
}

/// An order to change a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The driver that is to serve.
    pub driver: String,
    /// Its settings.
    pub config: serde_json::Value,
    /// What becomes of the state; none for what is usual with its kind.
    pub state: Option<State>,
}

/// Why an order was not carried out. What served before serves on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// Another swap of the node is under way.
    #[error("another swap of this node is under way")]
    Busy,
    /// The settings don't fit.
    #[error("{0}")]
    Misfit(Misfit),
    /// It was tried.
    #[error(transparent)]
    Failed(SwapFailure),
}

/// An order that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What served before.
    pub before: Metadata,
    /// What serves now.
    pub after: Metadata,
    /// What came along.
    pub moved: BTreeMap<&'static str, u64>,
    /// How long callers waited, at most, in microseconds.
    pub pause_us: u64,
    /// How long all of it took.
    pub took: Duration,
    /// What people should know.
    pub notes: Vec<String>,
}

/// What there is to see of a node.
#[derive(Clone, Debug)]
pub struct NodeStatus {
    /// What is known of it.
    pub metadata: Metadata,
    /// Where it works.
    pub place: String,
    /// What it counts.
    pub figures: Vec<(&'static str, u64)>,
    /// Where a swap of it stands, if one is under way.
    pub swapping: Option<Step>,
    /// What its file says by now, if that is not what runs.
    pub offered: Option<Metadata>,
}

impl Nodes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn add(&mut self, file: &MetadataFile, place: Box<dyn Place>) {
        self.installed.push(Installed {
            file: file.file.clone(),
            is_overruled: file.is_overruled(),
            metadata: Mutex::new(file.metadata.clone()),
            place,
            swap: tokio::sync::Mutex::default(),
            progress: Mutex::default(),
            offered: Mutex::default(),
        });
    }

    /// The node of that id.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&Installed> {
        self.installed.iter().find(|node| node.id() == id)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Installed> {
        self.installed.iter()
    }

    /// Each kind with its drivers and the schemas of their settings.
    #[must_use]
    pub fn kinds(&self) -> Vec<(Kind, Vec<(&'static str, Schema)>)> {
        let of_kind = |kind| self.installed.iter().find(|node| node.metadata().kind == kind);
        Kind::ALL.into_iter().filter_map(|kind| Some((kind, of_kind(kind)?.place.schemas()))).collect()
    }

    /// Compares the files with what runs, and notes where they differ.
    ///
    /// # Errors
    /// The first file that can't be used. The others are compared all the same.
    pub fn compare_files(&self) -> Result<(), MetadataError> {
        let mut first = Ok(());
        for node in &self.installed {
            if let Err(error) = node.compare_file()
                && first.is_ok()
            {
                first = Err(error);
            }
        }
        first
    }
}

impl Installed {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.metadata().id
    }

    /// What is known of it.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        lock(&self.metadata).clone()
    }

    /// What there is to see of it.
    #[must_use]
    pub fn status(&self) -> NodeStatus {
        let node = self.place.node();
        NodeStatus {
            metadata: self.metadata(),
            place: node.place(),
            figures: node.figures(),
            swapping: lock(&self.progress).as_ref().map(Progress::step),
            offered: lock(&self.offered).clone(),
        }
    }

    /// Whether its driver can be exchanged while the process runs.
    #[must_use]
    pub fn is_swappable(&self) -> bool {
        self.place.is_swappable()
    }

    /// Asks it for a little of its work.
    ///
    /// # Errors
    /// It would not do it, and why.
    pub async fn probe(&self) -> Result<(), NodeError> {
        self.place.node().probe().await
    }

    /// Whether an order could be carried out: the settings are checked, and the driver is made, asked and let go.
    ///
    /// # Errors
    /// It could not, and why.
    pub async fn try_out(&self, order: &Order) -> Result<(), OrderError> {
        let config = order.config.to_string();
        self.place.check(&order.driver, &config).map_err(OrderError::Misfit)?;
        self.place.try_out(&order.driver, &config).await.map_err(OrderError::Failed)
    }

    /// Carries out an order.
    ///
    /// # Errors
    /// It was not, and why.
    pub async fn swap(&self, order: &Order) -> Result<Done, OrderError> {
        let _under_way = self.swap.try_lock().map_err(|_| OrderError::Busy)?;
        let config = order.config.to_string();
        self.place.check(&order.driver, &config).map_err(OrderError::Misfit)?;
        let progress = Progress::default();
        *lock(&self.progress) = Some(progress.clone());
        let (began, before) = (Instant::now(), self.metadata());
        let state = order.state.unwrap_or_else(|| State::usual(before.kind));
        let outcome = self.place.swap(&order.driver, &config, state, &progress).await;
        *lock(&self.progress) = None;
        let kind = before.kind.name();
        let ended = match &outcome {
            Ok(_) => "done",
            Err(failure) if failure.was_rolled_back => "rolled_back",
            Err(_) => "failed",
        };
        metrics::counter!("realmkeep_node_swaps_total", "kind" => kind, "ended" => ended).increment(1);
        let swapped = outcome.map_err(OrderError::Failed)?;
        metrics::histogram!("realmkeep_node_swap_pause_seconds", "kind" => kind)
            .record(Duration::from_micros(swapped.pause_us).as_secs_f64());
        let after = Metadata { driver: order.driver.clone(), config: order.config.clone(), ..before.clone() };
        *lock(&self.metadata) = after.clone();
        *lock(&self.offered) = None;
        let mut notes = swapped.notes;
        if self.is_overruled {
            notes.push(
                "a setting goes before the node's file: a restart brings back what it names".to_owned(),
            );
        } else if let Err(error) = write(&self.file, &after) {
            notes.push(format!(
                "{} could not be written ({error}): a restart brings back what was",
                self.file.display()
            ));
        }
        let (moved, pause_us) = (swapped.moved, swapped.pause_us);
        Ok(Done { before, after, moved, pause_us, took: began.elapsed(), notes })
    }

    fn compare_file(&self) -> Result<(), MetadataError> {
        if self.is_overruled || !self.file.is_file() {
            return Ok(());
        }
        let file = MetadataFile::read(&self.file)?;
        let running = self.metadata();
        let differs = (&file.metadata.driver, &file.metadata.config) != (&running.driver, &running.config);
        if differs && file.metadata.id == running.id {
            let fits = self.place.check(&file.metadata.driver, file.config_text());
            fits.map_err(|misfit| file.misfit(misfit))?;
            *lock(&self.offered) = Some(file.metadata);
        } else {
            *lock(&self.offered) = None;
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes metadata beside its file and renames it into place.
fn write(file: &Path, metadata: &Metadata) -> std::io::Result<()> {
    let mut text = serde_json::to_string_pretty(metadata)?;
    text.push('\n');
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("json.new");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, file)
}

pub(crate) fn describe_metrics() {
    metrics::describe_counter!(
        "realmkeep_node_swaps_total",
        "Exchanges of a node's driver while the server ran, by how they ended"
    );
    metrics::describe_histogram!(
        "realmkeep_node_swap_pause_seconds",
        "How long callers of a node waited while its driver was exchanged"
    );
}
