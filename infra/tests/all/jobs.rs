//! One suite for every driver of the job queue.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use infra::jobs::{JobHandler, JobQueue, Verdict, WorkerHandle, WorkerSettings};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(60);

/// A queue of its own, and what must outlive it.
struct TestQueue {
    queue: JobQueue,
    url: String,
    _folder: Option<TempDir>,
}

async fn sqlite() -> TestQueue {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
    TestQueue { queue: JobQueue::connect(&url).await.expect("opens"), url, _folder: Some(folder) }
}

async fn postgres() -> TestQueue {
    let server = crate::server_url("REALMKEEP_TEST_POSTGRES_URL");
    let name = format!("jobs_{}", Uuid::now_v7().simple());
    let pool = sqlx::PgPool::connect(&server).await.expect("PostgreSQL answers");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&pool).await.expect("a fresh database");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    let url = format!("{base}/{name}");
    TestQueue { queue: JobQueue::connect(&url).await.expect("opens"), url, _folder: None }
}

/// Does what a test wrote down for each job, and counts.
#[derive(Clone, Default)]
struct Script {
    runs: Arc<Mutex<HashMap<Uuid, u32>>>,
    plan: Arc<Mutex<HashMap<Uuid, Plan>>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Plan {
    FailTwice,
    PanicOnce,
    UntilShutdown,
    ForEverTheFirstTime,
}

impl Script {
    fn plan(&self, plan: Plan) -> Uuid {
        let job = Uuid::now_v7();
        self.plan.lock().expect("not poisoned").insert(job, plan);
        job
    }

    fn runs(&self, job: Uuid) -> u32 {
        self.runs.lock().expect("not poisoned").get(&job).copied().unwrap_or_default()
    }

    async fn until_runs(&self, job: Uuid, runs: u32) {
        let reached = async {
            while self.runs(job) < runs {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("{} runs of {runs}", self.runs(job)));
    }
}

#[async_trait]
impl JobHandler for Script {
    async fn run(&self, job: Uuid, shutdown: CancellationToken) -> Verdict {
        let run = {
            let mut runs = self.runs.lock().expect("not poisoned");
            let run = runs.entry(job).or_default();
            *run += 1;
            *run
        };
        let again = Verdict::RunAgain { pause: Duration::from_millis(10) };
        let plan = self.plan.lock().expect("not poisoned").get(&job).copied();
        match plan {
            Some(Plan::FailTwice) if run <= 2 => again,
            Some(Plan::PanicOnce) if run == 1 => panic!("on purpose"),
            Some(Plan::UntilShutdown) if run == 1 => {
                shutdown.cancelled().await;
                again
            }
            Some(Plan::ForEverTheFirstTime) if run == 1 => std::future::pending().await,
            _ => Verdict::Finished,
        }
    }
}

fn work(queue: &JobQueue, script: &Script) -> (WorkerHandle, CancellationToken) {
    let shutdown = CancellationToken::new();
    (queue.work(WorkerSettings::default(), Arc::new(script.clone()), shutdown.clone()), shutdown)
}

macro_rules! for_both_drivers {
    ($($story:ident),+ $(,)?) => {
        mod sqlite_driver {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")] async fn $story() { super::$story(sqlite().await).await; })+
        }
        mod postgres_driver {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")] async fn $story() { super::$story(postgres().await).await; })+
        }
    };
}

for_both_drivers! {
    a_job_that_is_pushed_twice_runs_once,
    a_job_that_fails_is_offered_again,
    a_panic_harms_nobody_else,
    a_shutdown_waits_for_the_job_and_the_next_worker_goes_on,
    a_job_whose_process_died_is_taken_over,
    a_queue_that_works_says_so,
}

async fn a_job_that_is_pushed_twice_runs_once(test: TestQueue) {
    let script = Script::default();
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    for job in [first, first, second] {
        test.queue.push(job).await.expect("pushes");
    }
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(second, 1).await;
    script.until_runs(first, 1).await;
    test.queue.push(first).await.expect("pushes");
    let third = Uuid::now_v7();
    test.queue.push(third).await.expect("pushes");
    script.until_runs(third, 1).await;
    assert_eq!(script.runs(first), 1);
    worker.pulse().check().expect("is well");
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_job_that_fails_is_offered_again(test: TestQueue) {
    let script = Script::default();
    let job = script.plan(Plan::FailTwice);
    test.queue.push(job).await.expect("pushes");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(job, 3).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    assert_eq!(script.runs(job), 3, "the third run succeeded");
}

async fn a_panic_harms_nobody_else(test: TestQueue) {
    let script = Script::default();
    let (clumsy, other) = (script.plan(Plan::PanicOnce), Uuid::now_v7());
    test.queue.push(clumsy).await.expect("pushes");
    test.queue.push(other).await.expect("pushes");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(other, 1).await;
    script.until_runs(clumsy, 2).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_shutdown_waits_for_the_job_and_the_next_worker_goes_on(test: TestQueue) {
    let script = Script::default();
    let job = script.plan(Plan::UntilShutdown);
    test.queue.push(job).await.expect("pushes");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(job, 1).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(job, 2).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_job_whose_process_died_is_taken_over(test: TestQueue) {
    let script = Script::default();
    let job = script.plan(Plan::ForEverTheFirstTime);
    test.queue.push(job).await.expect("pushes");
    // A runtime that is shut down in the middle leaves the queue as a killed process does.
    let (url, doomed) = (test.url.clone(), script.clone());
    let process = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(1)
        .build()
        .expect("a runtime");
    process.spawn(async move {
        let queue = JobQueue::connect(&url).await.expect("opens");
        let (worker, _shutdown) = work(&queue, &doomed);
        worker.stopped().await;
    });
    script.until_runs(job, 1).await;
    // Long enough for the queue to have noted that the job runs.
    sleep(Duration::from_secs(1)).await;
    process.shutdown_background();
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(job, 2).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_queue_that_works_says_so(test: TestQueue) {
    test.queue.probe().await.expect("is well");
}

#[tokio::test]
async fn a_queue_without_a_server_is_named_without_its_password() {
    let Err(error) = JobQueue::connect("postgres://keeper:hunter2@127.0.0.1:1/jobs").await else {
        panic!("nobody listens there")
    };
    let text = error.to_string();
    assert!(text.contains("127.0.0.1:1/jobs") && !text.contains("hunter2"), "{text}");
    let Err(error) = JobQueue::connect("mysql://somewhere").await else { panic!("no such driver") };
    assert!(error.to_string().contains("sqlite:"), "{error}");
}
