//! A queue that changes its driver while jobs wait and run.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use infra::{
    NodeError,
    jobs::{JobHandler, OpenJobs, Order, Verdict, WorkerSettings},
};
use serde_json::json;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{House, PATIENCE, to};

/// The caller's own table: how often each job had its effect.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    jobs: Mutex<BTreeMap<Uuid, u32>>,
    interrupted: AtomicU32,
}

impl Ledger {
    fn jobs(&self) -> MutexGuard<'_, BTreeMap<Uuid, u32>> {
        self.jobs.lock().expect("not poisoned")
    }

    fn add(&self) -> Uuid {
        let job = Uuid::now_v7();
        self.jobs().insert(job, 0);
        job
    }

    async fn until_done(&self) {
        let done = async {
            while self.jobs().values().any(|effects| *effects == 0) {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, done).await.unwrap_or_else(|_| {
            let open = self.jobs().values().filter(|effects| **effects == 0).count();
            panic!("{open} jobs never ran")
        });
    }
}

#[async_trait]
impl OpenJobs for Ledger {
    async fn open_jobs(&self) -> Result<Vec<(Uuid, Order)>, NodeError> {
        let jobs = self.jobs();
        Ok(jobs.iter().filter(|(_, done)| **done == 0).map(|(job, _)| (*job, Order::default())).collect())
    }
}

struct Worker(Arc<Ledger>);

#[async_trait]
impl JobHandler for Worker {
    async fn run(&self, job: Uuid, shutdown: CancellationToken) -> Verdict {
        if self.0.jobs().get(&job).is_none_or(|effects| *effects > 0) {
            // Offered again after its end.
            return Verdict::Finished;
        }
        if timeout(Duration::from_millis(5), shutdown.cancelled()).await.is_ok() {
            self.0.interrupted.fetch_add(1, Ordering::Relaxed);
            return Verdict::RunAgain { pause: Duration::ZERO };
        }
        *self.0.jobs().entry(job).or_default() += 1;
        Verdict::Finished
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queued_jobs_come_along_and_have_their_effect_once() {
    let house = House::embedded().await;
    let (ledger, node) = (Arc::clone(&house.ledger), house.node("job_queue"));
    // A database of its own: what nodes share has one name.
    let redis = crate::server_url("REALMKEEP_TEST_REDIS_URL").trim_end_matches('/').to_owned() + "/7";
    let order = to("redis", json!({"servers": [redis]}));
    let (shutdown, (_pause, paused)) = (CancellationToken::new(), watch::channel(false));
    let handler = Arc::new(Worker(Arc::clone(&ledger)));
    let worker = house.queue.work(WorkerSettings { concurrency: 4 }, handler, paused, shutdown.clone());
    let push = async |count: u32| {
        for _ in 0..count {
            house.queue.push(ledger.add(), Order::default()).await.expect("pushes");
        }
    };
    push(60).await;
    // One is written down and not in the queue yet, as after a crash in between.
    ledger.add();
    let done = node.swap(&order).await.expect("swaps");
    assert!(done.moved["jobs"] > 0, "{done:?}");
    assert_eq!(house.queue.driver(), "redis");
    push(60).await;
    ledger.until_done().await;

    push(30).await;
    node.swap(&to("sqlite", json!({}))).await.expect("swaps back");
    push(10).await;
    ledger.until_done().await;
    assert_eq!(house.queue.driver(), "sqlite");
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    assert!(ledger.jobs().values().all(|effects| *effects == 1), "each had its effect once");
}
