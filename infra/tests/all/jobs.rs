//! One suite for every driver of the job queue.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use infra::{
    RedisAddress,
    jobs::{JobHandler, JobQueue, Order, Verdict, WorkerHandle, WorkerSettings},
};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tempfile::TempDir;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(60);

/// A queue of its own, and what must outlive it.
struct TestQueue {
    queue: JobQueue,
    address: Address,
    _folder: Option<TempDir>,
}

/// Where a queue can be opened again.
#[derive(Clone)]
enum Address {
    Url(String),
    Redis(RedisAddress, String),
}

impl Address {
    async fn open(&self) -> JobQueue {
        let opened = match self {
            Self::Url(url) => JobQueue::connect(url).await,
            Self::Redis(address, name) => JobQueue::connect_redis(address, name).await,
        };
        opened.expect("opens")
    }

    async fn queue(self, folder: Option<TempDir>) -> TestQueue {
        TestQueue { queue: self.open().await, address: self, _folder: folder }
    }
}

async fn sqlite() -> TestQueue {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
    Address::Url(url).queue(Some(folder)).await
}

async fn postgres() -> TestQueue {
    let server = crate::server_url("REALMKEEP_TEST_POSTGRES_URL");
    let name = format!("jobs_{}", Uuid::now_v7().simple());
    let pool = sqlx::PgPool::connect(&server).await.expect("PostgreSQL answers");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&pool).await.expect("a fresh database");
    let (base, _) = server.rsplit_once('/').expect("the address names a database");
    Address::Url(format!("{base}/{name}")).queue(None).await
}

async fn redis(address: RedisAddress) -> TestQueue {
    Address::Redis(address, format!("jobs-{}", Uuid::now_v7())).queue(None).await
}

fn server() -> RedisAddress {
    RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"))
}

/// Does what a test wrote down for each job, and counts.
#[derive(Clone, Default)]
struct Script {
    runs: Arc<Mutex<HashMap<Uuid, u32>>>,
    plan: Arc<Mutex<HashMap<Uuid, Plan>>>,
    order: Arc<Mutex<Vec<Uuid>>>,
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
        self.order.lock().expect("not poisoned").push(job);
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
    let (_, paused) = watch::channel(false);
    (queue.work(WorkerSettings::default(), Arc::new(script.clone()), paused, shutdown.clone()), shutdown)
}

for_each_driver! {
    {
        sqlite_driver: sqlite().await,
        postgres_driver: postgres().await,
        redis_driver: redis(server()).await,
        cluster_driver: redis(crate::cluster()).await,
    }
    a_job_that_is_pushed_twice_runs_once,
    a_job_that_fails_is_offered_again,
    a_panic_harms_nobody_else,
    a_shutdown_waits_for_the_job_and_the_next_worker_goes_on,
    a_job_whose_process_died_is_taken_over,
    urgent_jobs_come_first,
    a_paused_queue_hands_out_nothing_and_then_goes_on,
    many_jobs_are_put_at_once,
    two_workers_share_a_queue,
    a_queue_that_works_says_so,
}

async fn a_job_that_is_pushed_twice_runs_once(test: TestQueue) {
    let script = Script::default();
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    for job in [first, first, second] {
        test.queue.push(job, Order::default()).await.expect("pushes");
    }
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(second, 1).await;
    script.until_runs(first, 1).await;
    test.queue.push(first, Order::default()).await.expect("pushes");
    let third = Uuid::now_v7();
    test.queue.push(third, Order::default()).await.expect("pushes");
    script.until_runs(third, 1).await;
    assert_eq!(script.runs(first), 1);
    worker.pulse().check().expect("is well");
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_job_that_fails_is_offered_again(test: TestQueue) {
    let script = Script::default();
    let job = script.plan(Plan::FailTwice);
    test.queue.push(job, Order::default()).await.expect("pushes");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(job, 3).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    assert_eq!(script.runs(job), 3, "the third run succeeded");
}

async fn a_panic_harms_nobody_else(test: TestQueue) {
    let script = Script::default();
    let (clumsy, other) = (script.plan(Plan::PanicOnce), Uuid::now_v7());
    test.queue.push(clumsy, Order::default()).await.expect("pushes");
    test.queue.push(other, Order::default()).await.expect("pushes");
    let (worker, shutdown) = work(&test.queue, &script);
    script.until_runs(other, 1).await;
    script.until_runs(clumsy, 2).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn a_shutdown_waits_for_the_job_and_the_next_worker_goes_on(test: TestQueue) {
    let script = Script::default();
    let job = script.plan(Plan::UntilShutdown);
    test.queue.push(job, Order::default()).await.expect("pushes");
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
    test.queue.push(job, Order::default()).await.expect("pushes");
    // A runtime that is shut down in the middle leaves the queue as a killed process does.
    let (address, doomed) = (test.address.clone(), script.clone());
    let process = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(1)
        .build()
        .expect("a runtime");
    process.spawn(async move {
        let queue = address.open().await;
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

async fn urgent_jobs_come_first(test: TestQueue) {
    let script = Script::default();
    let (slow, urgent) = (Uuid::now_v7(), Uuid::now_v7());
    test.queue.push(slow, Order::default()).await.expect("pushes");
    test.queue.push(urgent, Order { priority: 9, turn: 0 }).await.expect("pushes");
    let (paused_sender, paused) = watch::channel(false);
    let shutdown = CancellationToken::new();
    let handler = Arc::new(script.clone());
    let worker = test.queue.work(WorkerSettings { concurrency: 1 }, handler, paused, shutdown.clone());
    script.until_runs(slow, 1).await;
    assert_eq!(*script.order.lock().expect("not poisoned"), [urgent, slow]);
    test.queue.push(urgent, Order { priority: 9, turn: 1 }).await.expect("pushes it anew");
    script.until_runs(urgent, 2).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    drop(paused_sender);
}

async fn a_paused_queue_hands_out_nothing_and_then_goes_on(test: TestQueue) {
    let script = Script::default();
    let running = script.plan(Plan::UntilShutdown);
    test.queue.push(running, Order::default()).await.expect("pushes");
    let (pause, paused) = watch::channel(false);
    let shutdown = CancellationToken::new();
    let handler = Arc::new(script.clone());
    let worker = test.queue.work(WorkerSettings::default(), handler, paused, shutdown.clone());
    script.until_runs(running, 1).await;
    pause.send(true).expect("the worker listens");
    let waiting = Uuid::now_v7();
    test.queue.push(waiting, Order::default()).await.expect("pushes");
    sleep(Duration::from_secs(2)).await;
    assert_eq!((script.runs(running), script.runs(waiting)), (1, 0));
    worker.pulse().check().expect("standing still is no illness");
    pause.send(false).expect("the worker listens");
    script.until_runs(running, 2).await;
    script.until_runs(waiting, 1).await;
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
}

async fn many_jobs_are_put_at_once(test: TestQueue) {
    let script = Script::default();
    let jobs: Vec<(Uuid, Order)> = (0..40).map(|_| (Uuid::now_v7(), Order::default())).collect();
    test.queue.push_all(&jobs).await.expect("pushes");
    test.queue.push_all(&jobs[..10]).await.expect("those that it has are no error");
    let (worker, shutdown) = work(&test.queue, &script);
    for (job, _) in &jobs {
        script.until_runs(*job, 1).await;
    }
    shutdown.cancel();
    timeout(PATIENCE, worker.stopped()).await.expect("stops");
    assert!(jobs.iter().all(|(job, _)| script.runs(*job) == 1), "each ran once");
}

async fn two_workers_share_a_queue(test: TestQueue) {
    let (one, other) = (Script::default(), Script::default());
    let jobs: Vec<(Uuid, Order)> = (0..20).map(|_| (Uuid::now_v7(), Order::default())).collect();
    test.queue.push_all(&jobs).await.expect("pushes");
    let beside = test.address.open().await;
    let (first, stop_first) = work(&test.queue, &one);
    let (second, stop_second) = work(&beside, &other);
    let done = async {
        while jobs.iter().any(|(job, _)| one.runs(*job) + other.runs(*job) == 0) {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, done).await.expect("all run");
    stop_first.cancel();
    stop_second.cancel();
    timeout(PATIENCE, first.stopped()).await.expect("stops");
    timeout(PATIENCE, second.stopped()).await.expect("stops");
    assert!(jobs.iter().all(|(job, _)| one.runs(*job) + other.runs(*job) == 1), "each ran once");
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

#[tokio::test]
async fn a_file_that_somebody_else_keeps_from_being_written_makes_the_queue_ill() {
    let test = sqlite().await;
    let Address::Url(url) = &test.address else { panic!("SQLite has one") };
    let mut other = SqliteConnection::connect(url).await.expect("opens");
    other.execute("BEGIN IMMEDIATE").await.expect("takes the lock");
    test.queue.probe().await.expect_err("reading is not enough");
    other.execute("ROLLBACK").await.expect("gives it back");
    test.queue.probe().await.expect("is well again");
}
