//! Asking each part for a little of its real work.

use std::time::{Duration, Instant};

use api::health::{Condition, PartHealth};
use futures::future::{BoxFuture, FutureExt as _, join_all};
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::Domain;

/// A region that runs has a tick every 17 ms; one that had none for so long stands still.
const TICK_SILENCE_MAX: Duration = Duration::from_secs(2);

#[derive(Clone, Copy)]
enum Part {
    Database,
    Bus,
    Blobs,
    JobQueue,
    JobWorker,
    Simulation,
    Gateway,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Database,
        Self::Bus,
        Self::Blobs,
        Self::JobQueue,
        Self::JobWorker,
        Self::Simulation,
        Self::Gateway,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Bus => "bus",
            Self::Blobs => "blobs",
            Self::JobQueue => "job_queue",
            Self::JobWorker => "job_worker",
            Self::Simulation => "simulation",
            Self::Gateway => "gateway",
        }
    }

    /// Whether play stops without it. Where region and players share this process they go on hearing each other without
    /// the bus.
    fn is_required(self, domain: &Domain) -> bool {
        match self {
            Self::JobQueue | Self::JobWorker => false,
            Self::Bus => domain.region().is_none() || domain.gateway().is_none(),
            Self::Database | Self::Blobs | Self::Simulation | Self::Gateway => true,
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::Database => "See whether the database runs, takes connections and has room on its disk.",
            Self::Bus => {
                "See whether Redis runs and can be reached from here. Who shares this process with the region plays on."
            }
            Self::Blobs => "See whether the folder's disk is mounted, writable and not full.",
            Self::JobQueue => "See whether the queue's database runs and has room on its disk. Play goes on.",
            Self::JobWorker => {
                "The worker is started again by itself; the log says why it stopped. Play goes on."
            }
            Self::Gateway => {
                "The region's state does not arrive here: see to the bus and the simulation first."
            }
            Self::Simulation => "The region stands still: restart the server, and keep its log for a report.",
        }
    }

    fn description(self, domain: &Domain) -> String {
        match self {
            Self::Database => domain.store().place().to_owned(),
            Self::Bus => domain.bus().driver().to_owned(),
            Self::Blobs => domain.blobs().place(),
            Self::JobQueue => domain.queue().driver().to_owned(),
            Self::JobWorker => "runs background jobs in this process".to_owned(),
            Self::Simulation => "ticks the live region in this process".to_owned(),
            Self::Gateway => "holds the players' sockets in this process".to_owned(),
        }
    }

    /// Whether the part has anything to do with this process.
    fn is_here(self, domain: &Domain) -> bool {
        match self {
            Self::JobWorker => domain.health().worker().is_some(),
            Self::Simulation => domain.region().is_some(),
            Self::Gateway => domain.gateway().is_some(),
            _ => true,
        }
    }

    fn probe(self, domain: &Domain) -> BoxFuture<'_, Result<(), String>> {
        async move {
            match self {
                Self::Database => domain.store().probe().await.map_err(|error| error.to_string()),
                Self::Bus => domain.bus().probe().await.map_err(|error| error.to_string()),
                Self::Blobs => domain.terrain().blobs().probe().await.map_err(|error| error.to_string()),
                Self::JobQueue => domain.queue().probe().await.map_err(|error| error.to_string()),
                Self::JobWorker => match domain.health().worker() {
                    Some(pulse) => pulse.check().map_err(|illness| illness.to_string()),
                    None => Ok(()),
                },
                Self::Simulation => probe_simulation(domain),
                Self::Gateway => match domain.gateway() {
                    Some(gateway) if !gateway.status().region_is_heard => {
                        Err("no frames from the region".to_owned())
                    }
                    _ => Ok(()),
                },
            }
        }
        .boxed()
    }
}

/// Probes the parts of this process from now on, until `shutdown`. Call it when region and worker are attached.
pub fn watch(domain: &Domain, shutdown: CancellationToken) -> JoinHandle<()> {
    let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| part.is_here(domain)).collect();
    let now = domain.now();
    domain.health().expect(
        parts
            .iter()
            .map(|part| PartHealth {
                part: part.name().to_owned(),
                description: part.description(domain),
                condition: Condition::Unknown,
                since: now,
                checked_at: None,
                probe_us: None,
                last_error: None,
                advice: part.advice().to_owned(),
                required: part.is_required(domain),
            })
            .collect(),
    );
    let domain = domain.clone();
    tokio::spawn(async move {
        let mut due = interval(domain.settings().health.probe_every);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = due.tick() => {
                    join_all(parts.iter().map(|&part| check(&domain, part))).await;
                }
                () = shutdown.cancelled() => return,
            }
        }
    })
}

async fn check(domain: &Domain, part: Part) {
    let limit = domain.settings().health.probe_timeout;
    let began = Instant::now();
    let outcome = match timeout(limit, part.probe(domain)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("no answer within {} ms", limit.as_millis())),
    };
    domain.health().note(part.name(), outcome, began.elapsed(), domain.now());
}

fn probe_simulation(domain: &Domain) -> Result<(), String> {
    let Some(live) = domain.region() else { return Ok(()) };
    match live.watch.status().last_tick_ago {
        Some(ago) if ago <= TICK_SILENCE_MAX => Ok(()),
        Some(ago) => Err(format!("no tick for {} ms", ago.as_millis())),
        None => Err("no tick yet".to_owned()),
    }
}
