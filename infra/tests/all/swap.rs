//! Nodes that change their driver while everyone goes on, against a real Redis.

mod blobs;
mod jobs;
mod load;
mod sessions;

use std::{
    collections::{BTreeMap, HashSet},
    ops::Deref,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use infra::{
    NodeError, RedisAddress,
    bus::Delivery,
    limits::Quota,
    nodes::{Drivers, Household, Installed, Jobs, MetadataFile, Order, OrderError, Plan, Sessions, table},
    sessions::redis::RedisSessions,
    streams::{Reader, Start},
    swap::State,
};
use serde_json::json;
use tokio::{
    net::TcpListener,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};
use uuid::Uuid;

use self::{jobs::Ledger, load::Load};

const PATIENCE: Duration = Duration::from_secs(60);

/// A process with embedded drivers, and the folder where its files lie.
struct House {
    household: Household,
    folder: tempfile::TempDir,
    ledger: Arc<Ledger>,
}

impl Deref for House {
    type Target = Household;

    fn deref(&self) -> &Household {
        &self.household
    }
}

impl House {
    async fn embedded() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Arc::<Ledger>::default();
        let redis = RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"));
        let plan = Plan {
            files: MetadataFile::read_folder(folder.path()).expect("is empty"),
            folder: folder.path().to_owned(),
            data: folder.path().to_owned(),
            // The embedded one stands on the records, which this crate does not know.
            sessions: Sessions {
                embedded: Arc::new(RedisSessions::connect(&redis).await.expect("Redis answers")),
                drivers: Drivers::new().with("database", |_: table::NoSettings, _| async move {
                    let (place, reason) = ("this test".to_owned(), "it has no records".to_owned());
                    Err(NodeError::Failed { place, reason })
                }),
            },
            jobs: Jobs { beside: None, open: Arc::clone(&ledger) as _ },
            event_bus: None,
            fixed: Vec::new(),
        };
        Self { household: Household::furnish(plan).await.expect("is furnished"), folder, ledger }
    }

    fn node(&self, kind: &str) -> &Installed {
        self.nodes.iter().find(|node| node.metadata().kind.name() == kind).expect("is installed")
    }
}

fn to(driver: &str, config: serde_json::Value) -> Order {
    Order { driver: driver.to_owned(), config, state: None }
}

fn to_redis() -> Order {
    to("redis", json!({"servers": [crate::server_url("REALMKEEP_TEST_REDIS_URL")]}))
}

fn embedded() -> Order {
    to("in_process", json!({}))
}

fn stream() -> String {
    format!("test.swap.{}", Uuid::now_v7())
}

fn numbered(range: std::ops::Range<u64>) -> Vec<Bytes> {
    range.map(|number| Bytes::copy_from_slice(&number.to_le_bytes())).collect()
}

fn number(payload: &[u8]) -> u64 {
    u64::from_le_bytes(payload.try_into().expect("eight bytes"))
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_and_groups_come_along_with_what_is_in_flight() {
    let house = House::embedded().await;
    let (name, bus) = (stream(), house.node("event_bus"));
    let reader = |group: &str, consumer: &str| Reader {
        stream: name.clone(),
        group: group.to_owned(),
        consumer: consumer.to_owned(),
    };
    house.streams.join(&name, "slow", Start::Beginning).await.expect("joins");
    house.streams.join(&name, "quick", Start::Beginning).await.expect("joins");
    house.streams.append(&name, &numbered(0..10)).await.expect("appends");
    // slow: 0 and 2 are settled, 1 and 3 are in flight with two consumers, the rest is unread.
    let first = house.streams.read(&reader("slow", "one"), 3, PATIENCE).await.expect("reads");
    let second = house.streams.read(&reader("slow", "two"), 1, PATIENCE).await.expect("reads");
    house.streams.ack(&name, "slow", &[first[0].id, first[2].id]).await.expect("acknowledges");
    // quick: all is settled.
    let all = house.streams.read(&reader("quick", "one"), 10, PATIENCE).await.expect("reads");
    let ids: Vec<_> = all.iter().map(|entry| entry.id).collect();
    house.streams.ack(&name, "quick", &ids).await.expect("acknowledges");

    let done = bus.swap(&to_redis()).await.expect("swaps");
    assert_eq!(house.streams.driver(), "redis");
    assert!(done.moved["entries"] >= 9 && done.moved["in_flight"] == 2, "{done:?}");

    // What was read before the swap is acknowledged after it.
    house.streams.ack(&name, "slow", &[first[1].id]).await.expect("acknowledges");
    let status = house.streams.status(&name).await.expect("counts");
    let slow = status.groups.iter().find(|group| group.name == "slow").expect("came along");
    assert_eq!((slow.pending, slow.unread), (1, 6), "{status:?}");
    let claimed = house.streams.claim(&reader("slow", "heir"), Duration::ZERO, 10).await.expect("claims");
    assert_eq!(claimed.iter().map(|entry| number(&entry.payload)).collect::<Vec<_>>(), [3]);
    assert_eq!(number(&second[0].payload), 3);
    let rest = house.streams.read(&reader("slow", "one"), 10, PATIENCE).await.expect("reads");
    let rest: Vec<u64> = rest.iter().map(|entry| number(&entry.payload)).collect();
    assert_eq!(rest, (4..10).collect::<Vec<_>>());
    let quick = house.streams.read(&reader("quick", "one"), 10, Duration::ZERO).await.expect("reads");
    assert!(quick.is_empty(), "nothing is delivered again: {quick:?}");

    assert!(done.notes.is_empty(), "{done:?}");
    let back = bus.swap(&embedded()).await.expect("swaps back");
    assert!(back.notes.is_empty(), "{back:?}");
    assert_eq!((house.streams.driver(), back.before.driver.as_str()), ("in_process", "redis"));
    let status = house.streams.status(&name).await.expect("counts");
    let slow = status.groups.iter().find(|group| group.name == "slow").expect("came along");
    assert_eq!((slow.pending, slow.unread), (7, 0), "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "whoever runs it alone wants the figures")]
async fn a_bus_changes_hands_under_load_and_nothing_is_lost() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    let load = Load::on(&house).await;
    let mut pauses = Vec::new();
    for order in [to_redis(), embedded(), to_redis(), embedded()] {
        sleep(Duration::from_millis(300)).await;
        let done = bus.swap(&order).await.expect("swaps");
        pauses.push(done.pause_us);
    }
    sleep(Duration::from_millis(300)).await;
    println!("pauses in µs: {pauses:?}");
    load.check().await;
}

/// A Redis of its own, to be killed.
struct Mortal {
    server: Child,
    url: String,
    _data: tempfile::TempDir,
}

impl Mortal {
    async fn start() -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let server = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"])
            .arg("--dir")
            .arg(data.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is there: `cargo xtask test` sees to it");
        let address = format!("127.0.0.1:{port}");
        let up = async {
            while tokio::net::TcpStream::connect(&address).await.is_err() {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, up).await.expect("starts");
        Self { server, url: format!("redis://{address}"), _data: data }
    }

    fn order(&self) -> Order {
        to("redis", json!({"servers": [self.url]}))
    }

    fn kill(&mut self) {
        self.server.kill().expect("dies");
        self.server.wait().expect("is dead");
    }
}

impl Drop for Mortal {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_dies_during_the_swap_and_the_old_bus_serves_on() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    // Enough that the swap is still copying when Redis dies.
    let backlog = stream();
    house.streams.join(&backlog, "group", Start::Beginning).await.expect("joins");
    for batch in 0..300 {
        house.streams.append(&backlog, &numbered(batch * 1_000..(batch + 1) * 1_000)).await.expect("appends");
    }
    let load = Load::on(&house).await;
    let mut redis = Mortal::start().await;
    let order = redis.order();
    let swap = bus.swap(&order);
    let kill = async {
        while bus.status().swapping.is_none_or(|step| step.name() != "move") {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_millis(20)).await;
        redis.kill();
    };
    let (outcome, ()) = tokio::join!(swap, kill);
    let Err(OrderError::Failed(failure)) = outcome else { panic!("it can't have worked: {outcome:?}") };
    assert_eq!(failure.step.name(), "move", "{failure}");
    assert_eq!(bus.metadata().driver, "in_process");
    bus.probe().await.expect("serves");
    load.check().await;
    let status = house.streams.status(&backlog).await.expect("counts");
    assert_eq!((status.length, status.groups[0].unread), (300_000, 300_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_redis_is_replaced_if_its_state_may_stay_there() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    let mut redis = Mortal::start().await;
    bus.swap(&redis.order()).await.expect("swaps");
    let mut listener = house.bus.subscribe("test.topic").await.expect("subscribes");
    redis.kill();
    let Err(OrderError::Failed(failure)) = bus.swap(&embedded()).await else { panic!("streams are there") };
    assert_eq!(failure.step.name(), "move", "{failure}");
    let leaving = Order { state: Some(State::Leave), ..embedded() };
    let done = bus.swap(&leaving).await.expect("swaps");
    assert!(done.notes.iter().any(|note| note.contains("stays there")), "{done:?}");
    house.bus.publish("test.topic", Bytes::from_static(b"again")).await.expect("publishes");
    let heard =
        async { while listener.next().await != Some(Delivery::Message(Bytes::from_static(b"again"))) {} };
    timeout(PATIENCE, heard).await.expect("the same listener hears it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_serve_is_refused_before_anything_changes() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    let nobody = to("redis", json!({"servers": ["redis://127.0.0.1:1"]}));
    let Err(OrderError::Failed(failure)) = bus.swap(&nobody).await else { panic!("nobody is there") };
    assert_eq!(failure.step.name(), "build");
    assert!(matches!(bus.try_out(&nobody).await, Err(OrderError::Failed(_))));
    for (driver, config, key, expected) in [
        ("nats", json!({}), "driver", "expected one of in_process, redis"),
        ("redis", json!({}), ".", "missing field `servers`"),
        ("redis", json!({"servers": []}), "servers", "at least one server"),
        ("redis", json!({"servers": ["redis://u:p@h"]}), "servers[0]", "without a login"),
        ("redis", json!({"servers": ["redis://h"], "sevrers": 1}), "sevrers", "unknown field"),
        ("redis", json!({"servers": ["redis://h"], "password": "hunter2"}), "password", "expected"),
    ] {
        let order = to(driver, config);
        let Err(OrderError::Misfit(misfit)) = bus.swap(&order).await else { panic!("{order:?} is wrong") };
        assert_eq!(misfit.key, key, "{misfit}");
        assert!(misfit.reason.contains(expected), "{misfit}");
    }
    bus.try_out(&to_redis()).await.expect("would work");
    assert_eq!((bus.metadata().driver.as_str(), house.bus.driver()), ("in_process", "in_process"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_swaps_at_once_one_is_refused() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    let (order, other) = (to_redis(), to_redis());
    let (one, two) = tokio::join!(bus.swap(&order), bus.swap(&other));
    let refused = [&one, &two].into_iter().filter(|outcome| matches!(outcome, Err(OrderError::Busy))).count();
    assert_eq!(refused, 1, "{one:?} {two:?}");
    assert!(one.is_ok() || two.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cache_comes_along_if_asked_to() {
    let house = House::embedded().await;
    let cache = house.node("cache");
    let prefix = Uuid::now_v7();
    let key = |number: u32| format!("{prefix}/{number}");
    let life = Duration::from_secs(600);
    for number in 0..300 {
        house.cache.put(&key(number), Bytes::from(number.to_string()), life).await.expect("puts");
    }
    let moving = Order { state: Some(State::Move), ..to_redis() };
    let done = cache.swap(&moving).await.expect("swaps");
    assert_eq!(done.moved, BTreeMap::from([("entries", 300)]));
    assert_eq!(house.cache.get(&key(7)).await.expect("asks").as_deref(), Some(&b"7"[..]));
    cache.swap(&to("moka", json!({"memory_mib": 8}))).await.expect("swaps");
    assert_eq!(house.cache.get(&key(7)).await.expect("asks"), None, "it begins empty");
    let file = MetadataFile::read(&house.folder.path().join("cache.json")).expect("was written");
    assert_eq!(file.metadata, cache.metadata());
    assert_eq!(file.metadata.config, json!({"memory_mib": 8}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limiter_limits_on_after_a_swap() {
    let house = House::embedded().await;
    let quota = Quota::per_minute(2.try_into().expect("is not 0"));
    house.node("rate_limiter").swap(&to_redis()).await.expect("swaps");
    let key = format!("test/{}", Uuid::now_v7());
    let one = 1.try_into().expect("is not 0");
    let mut allowed = 0;
    for _ in 0..5 {
        allowed += u32::from(house.limiter.take(&key, quota, one).await.expect("rules").allowed);
    }
    assert_eq!(allowed, 2);
}

#[tokio::test]
async fn a_change_of_the_file_is_offered() {
    let house = House::embedded().await;
    let bus = house.node("event_bus");
    let file = house.folder.path().join("event-bus.json");
    house.nodes.compare_files().expect("no file is no change");
    let write = |value: &serde_json::Value| std::fs::write(&file, value.to_string()).expect("writes");
    let mut wanted = serde_json::to_value(bus.metadata()).expect("is JSON");
    wanted["driver"] = json!("redis");
    wanted["config"] = json!({"servers": ["redis://elsewhere:6379"]});
    write(&wanted);
    house.nodes.compare_files().expect("is good");
    assert_eq!(bus.status().offered.expect("is offered").driver, "redis");
    wanted["config"] = json!({"servers": "elsewhere"});
    write(&wanted);
    let error = house.nodes.compare_files().expect_err("is bad").to_string();
    assert!(error.contains("event-bus.json:1: config.servers: "), "{error}");
    let kinds: HashSet<&str> = house.nodes.kinds().iter().map(|(kind, _)| kind.name()).collect();
    assert_eq!(
        kinds,
        HashSet::from(["event_bus", "cache", "session_store", "rate_limiter", "job_queue", "blob_store"])
    );
    assert!(Path::new(&file).is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_along_is_not_found_again_on_the_way_back() {
    let house = House::embedded().await;
    let (name, bus) = (stream(), house.node("event_bus"));
    let mine = Reader { stream: name.clone(), group: "group".into(), consumer: "one".into() };
    house.streams.join(&name, "group", Start::Beginning).await.expect("joins");
    for round in 0..4 {
        house.streams.append(&name, &numbered(round * 3..round * 3 + 3)).await.expect("appends");
        // One is settled, one is in flight, one is unread when the bus changes hands.
        let read = house.streams.read(&mine, 2, PATIENCE).await.expect("reads");
        assert_eq!(
            read.iter().map(|entry| number(&entry.payload)).collect::<Vec<_>>(),
            [round * 3, round * 3 + 1]
        );
        house.streams.ack(&name, "group", &[read[0].id]).await.expect("acknowledges");
        let order = if round % 2 == 0 { to_redis() } else { embedded() };
        bus.swap(&order).await.expect("swaps");
        assert_eq!(house.streams.ack(&name, "group", &[read[1].id]).await.expect("acknowledges"), 1);
        let rest = house.streams.read(&mine, 10, PATIENCE).await.expect("reads");
        assert_eq!(rest.iter().map(|entry| number(&entry.payload)).collect::<Vec<_>>(), [round * 3 + 2]);
        house.streams.ack(&name, "group", &[rest[0].id]).await.expect("acknowledges");
        let left = house.streams.claim(&mine, Duration::ZERO, 10).await.expect("claims");
        assert!(left.is_empty(), "round {round}: {left:?}");
    }
}
