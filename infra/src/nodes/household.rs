//! Furnishing a process: every kind of node gets its driver, by its file or else the embedded one.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    Drivers, Menu, Metadata, MetadataError, MetadataFile, Nodes, Surroundings,
    place::{Exchangeable, Fixed},
    table,
};
use crate::{
    blobs::{BlobSeat, Blobs},
    bus::{SharedBus, Topics, in_process::InProcessBus, seated::BusSeat},
    cache::{SharedCache, moka::MokaCache},
    jobs::{OpenJobs, QueueSeat, SharedQueue},
    limits::{SharedLimiter, governor::GovernorLimiter},
    node::{Kind, Node, NodeError},
    sessions::{SessionStore, SharedSessions},
    streams::SharedStreams,
    swap::{CacheSeat, LimiterSeat, SessionSeat},
};

/// What a process has to say about its nodes.
#[derive(Debug)]
pub struct Plan {
    /// The nodes' files.
    pub files: Vec<MetadataFile>,
    /// Where the files of nodes lie that have none yet.
    pub folder: PathBuf,
    /// The folder of all embedded state.
    pub data: PathBuf,
    /// Who can keep sign-ins.
    pub sessions: Sessions,
    /// Where jobs wait.
    pub jobs: Jobs,
    /// An event bus that settings name; it goes before the file.
    pub event_bus: Option<(String, serde_json::Value)>,
    /// Nodes that change with a restart only.
    pub fixed: Vec<FixedNode>,
}

/// A session store that can be exchanged.
#[derive(Debug)]
pub struct Sessions {
    /// Who keeps them if no file says otherwise: the driver named `database`.
    pub embedded: SharedSessions,
    /// The drivers that stand on the records.
    pub drivers: Drivers<dyn SessionStore>,
}

/// A queue of jobs that can be exchanged.
#[derive(Debug)]
pub struct Jobs {
    /// The address of the records, if they are in a PostgreSQL: without a choice of its own, the queue shares it.
    /// Beside other records it stands in a file, so that its many small writes hold nobody up.
    pub beside: Option<SecretString>,
    /// Who knows which jobs are open.
    pub open: Arc<dyn OpenJobs>,
}

/// A node that changes with a restart only.
#[derive(Debug)]
pub struct FixedNode {
    /// What it is for.
    pub kind: Kind,
    /// Who does the work.
    pub node: Arc<dyn Node>,
    /// How, without secrets.
    pub config: serde_json::Value,
    /// What could be chosen instead.
    pub menu: Menu,
}

/// Nodes, and what callers hold of them.
#[derive(Clone, Debug)]
pub struct Household {
    /// The nodes.
    pub nodes: Arc<Nodes>,
    /// Topics.
    pub bus: SharedBus,
    /// Streams.
    pub streams: SharedStreams,
    /// The cache.
    pub cache: SharedCache,
    /// Who is signed in.
    pub sessions: SharedSessions,
    /// How often something may happen.
    pub limiter: SharedLimiter,
    /// Jobs that wait.
    pub queue: SharedQueue,
    /// Chunks and backups.
    pub blobs: Blobs,
}

/// Why a process can't be furnished.
#[derive(Debug, thiserror::Error)]
pub enum FurnishError {
    /// A file can't be used.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// There is one seat of each kind.
    #[error("{}: {} is a {kind} as well, and this process has one", file.display(), other.display())]
    Twice {
        /// The kind.
        kind: Kind,
        /// The second file.
        file: PathBuf,
        /// The first one.
        other: PathBuf,
    },
    /// A driver can't be made.
    #[error("{}: {reason}", file.display())]
    Driver {
        /// The file that asks for it.
        file: PathBuf,
        /// What is wrong.
        reason: NodeError,
    },
}

impl Household {
    /// Makes every node's driver and seats it.
    ///
    /// # Errors
    /// A file asks for what can't be made.
    pub async fn furnish(plan: Plan) -> Result<Self, FurnishError> {
        check_kinds(&plan.files)?;
        let listeners = Topics::default();
        let mut nodes = Nodes::new();

        let mut file = plan.file(Kind::EventBus, "in_process");
        if let Some((driver, config)) = &plan.event_bus {
            file.overrule(driver, config);
        }
        let drivers = table::event_bus(&listeners);
        let nothing_yet = Surroundings { data: plan.data.clone(), bus: Arc::new(InProcessBus::new()) };
        let embedded = drivers.make("in_process", "{}", &nothing_yet).await;
        let embedded = embedded.map_err(|reason| FurnishError::Driver { file: file.file.clone(), reason })?;
        let seat = BusSeat::new(embedded, listeners);
        let (bus, streams) = (seat.bus(), seat.streams());
        let around = Surroundings { data: plan.data.clone(), bus: Arc::clone(&bus) };
        let place = Exchangeable { exchange: seat, drivers, surroundings: around.clone() };
        install(&mut nodes, &file, "in_process", place).await?;

        let file = plan.file(Kind::Cache, "moka");
        let seat = CacheSeat::new(Arc::new(MokaCache::new(table::MemoryConfig::default().bytes())));
        let cache = seat.cache();
        let place = Exchangeable { exchange: seat, drivers: table::cache(), surroundings: around.clone() };
        install(&mut nodes, &file, "moka", place).await?;

        let file = plan_file(&plan.files, &plan.folder, Kind::SessionStore, "database");
        let seat = SessionSeat::new(plan.sessions.embedded);
        let sessions = seat.sessions();
        let drivers = table::session_store(plan.sessions.drivers);
        let place = Exchangeable { exchange: seat, drivers, surroundings: around.clone() };
        install(&mut nodes, &file, "database", place).await?;

        let file = plan_file(&plan.files, &plan.folder, Kind::RateLimiter, "governor");
        let seat = LimiterSeat::new(Arc::new(GovernorLimiter::new()));
        let limiter = seat.limiter();
        let drivers = table::rate_limiter();
        let place = Exchangeable { exchange: seat, drivers, surroundings: around.clone() };
        install(&mut nodes, &file, "governor", place).await?;

        let file = plan_file(&plan.files, &plan.folder, Kind::JobQueue, "sqlite");
        let file = beside_records(file, &plan.jobs);
        let drivers = table::job_queue(plan.jobs.beside);
        let seat = QueueSeat::new(make(&file, &drivers, &around).await?, plan.jobs.open);
        let queue = seat.queue();
        nodes.add(&file, Box::new(Exchangeable { exchange: seat, drivers, surroundings: around.clone() }));

        let file = plan_file(&plan.files, &plan.folder, Kind::BlobStore, "folder");
        let drivers = table::blob_store();
        let seat = BlobSeat::new(make(&file, &drivers, &around).await?);
        let blobs = seat.blobs();
        nodes.add(&file, Box::new(Exchangeable { exchange: seat, drivers, surroundings: around }));

        for fixed in plan.fixed {
            let mut file = plan_file(&plan.files, &plan.folder, fixed.kind, fixed.node.driver());
            file.overrule(fixed.node.driver(), &fixed.config);
            nodes.add(&file, Box::new(Fixed { node: fixed.node, menu: fixed.menu }));
        }
        Ok(Self { nodes: Arc::new(nodes), bus, streams, cache, sessions, limiter, queue, blobs })
    }
}

/// Opens the blobs alone, for those who run no process.
///
/// # Errors
/// The blobs' file asks for what can't be made.
pub async fn open_blobs(files: &[MetadataFile], folder: &Path, data: &Path) -> Result<Blobs, FurnishError> {
    let around = Surroundings { data: data.to_owned(), bus: Arc::new(InProcessBus::new()) };
    let file = plan_file(files, folder, Kind::BlobStore, "folder");
    Ok(BlobSeat::new(make(&file, &table::blob_store(), &around).await?).blobs())
}

/// Seats the driver that the file asks for, if it is not the embedded one as it is by default.
async fn install<X: crate::swap::Exchange + 'static>(
    nodes: &mut Nodes,
    file: &MetadataFile,
    embedded: &str,
    place: Exchangeable<X>,
) -> Result<(), FurnishError> {
    if file.metadata.driver != embedded || file.metadata.config != json!({}) {
        place.exchange.begin(make(file, &place.drivers, &place.surroundings).await?);
    }
    nodes.add(file, Box::new(place));
    Ok(())
}

/// Makes the driver that the file asks for.
async fn make<T: ?Sized + 'static>(
    file: &MetadataFile,
    drivers: &Drivers<T>,
    around: &Surroundings,
) -> Result<Arc<T>, FurnishError> {
    let (driver, config) = (&file.metadata.driver, file.config_text());
    drivers.menu().check(driver, config).map_err(|misfit| file.misfit(misfit))?;
    let made = drivers.make(driver, config, around).await;
    made.map_err(|reason| FurnishError::Driver { file: file.file.clone(), reason })
}

/// A file that asks for nothing but the embedded queue gets the one beside the records, where there is one: processes that
/// share records have to share their queue.
fn beside_records(mut file: MetadataFile, jobs: &Jobs) -> MetadataFile {
    let is_embedded = file.metadata.driver == "sqlite" && file.metadata.config == json!({});
    if jobs.beside.is_some() && is_embedded {
        file.overrule(table::BESIDE_RECORDS, &json!({}));
    }
    file
}

fn check_kinds(files: &[MetadataFile]) -> Result<(), FurnishError> {
    for (at, file) in files.iter().enumerate() {
        if let Some(other) = files[..at].iter().find(|other| other.metadata.kind == file.metadata.kind) {
            let (kind, file, other) = (file.metadata.kind, file.file.clone(), other.file.clone());
            return Err(FurnishError::Twice { kind, file, other });
        }
    }
    Ok(())
}

impl Plan {
    fn file(&self, kind: Kind, embedded: &str) -> MetadataFile {
        plan_file(&self.files, &self.folder, kind, embedded)
    }
}

/// The file of that kind, or what it would say if there were one.
fn plan_file(files: &[MetadataFile], folder: &Path, kind: Kind, embedded: &str) -> MetadataFile {
    if let Some(file) = files.iter().find(|file| file.metadata.kind == kind) {
        return file.clone();
    }
    let metadata = Metadata {
        // The same on each start, so that its history is found again.
        id: Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("realmkeep:node:{}", kind.name()).as_bytes()),
        name: kind.name().replace('_', " "),
        kind,
        driver: embedded.to_owned(),
        region: None,
        labels: std::collections::BTreeMap::new(),
        config: json!({}),
    };
    MetadataFile::unwritten(folder.join(format!("{}.json", kind.name().replace('_', "-"))), metadata)
}
