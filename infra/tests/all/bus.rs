//! One suite for every driver of the bus.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use infra::{
    Node as _, NodeError,
    bus::{
        BACKLOG_MESSAGES_MAX, Delivery, EventBus as _, PAYLOAD_BYTES_MAX, SharedBus, Subscription, Topics,
        in_process::InProcessBus, redis::RedisBus, redis_cluster::RedisClusterBus,
    },
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{sleep, timeout},
};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);

async fn redis() -> SharedBus {
    let url = crate::server_url("REALMKEEP_TEST_REDIS_URL");
    Arc::new(RedisBus::connect(&url).await.expect("Redis answers"))
}

/// A name that no other test uses: they share a server.
fn topic() -> String {
    format!("test.{}", Uuid::now_v7())
}

async fn message(subscription: &mut Subscription) -> Bytes {
    match timeout(PATIENCE, subscription.next()).await.expect("arrives in time") {
        Some(Delivery::Message(payload)) => payload,
        other => panic!("expected a message, got {other:?}"),
    }
}

async fn cluster() -> SharedBus {
    let bus = RedisClusterBus::connect_on(&crate::cluster(), Topics::default()).await;
    Arc::new(bus.expect("the cluster answers"))
}

for_each_driver! {
    {
        in_process_driver: Arc::new(InProcessBus::new()),
        redis_driver: redis().await,
        cluster_driver: cluster().await,
    }
    everyone_who_listens_gets_the_same_bytes,
    messages_of_one_publisher_arrive_in_order,
    who_does_not_listen_misses_the_message,
    topics_do_not_mix,
    a_slow_reader_is_told_what_it_lost,
    a_topic_can_be_joined_again_after_its_last_listener_left,
    what_breaks_a_limit_is_refused,
    a_bus_that_works_says_so,
}

async fn everyone_who_listens_gets_the_same_bytes(bus: SharedBus) {
    let topic = topic();
    let mut first = bus.subscribe(&topic).await.expect("subscribes");
    let mut second = bus.subscribe(&topic).await.expect("subscribes");
    let payload = Bytes::from_static(&[0, 1, 255, b'\n', 0]);
    bus.publish(&topic, payload.clone()).await.expect("publishes");
    assert_eq!(message(&mut first).await, payload);
    assert_eq!(message(&mut second).await, payload);
}

async fn messages_of_one_publisher_arrive_in_order(bus: SharedBus) {
    let topic = topic();
    let mut listener = bus.subscribe(&topic).await.expect("subscribes");
    for number in 0..200_u32 {
        bus.publish(&topic, Bytes::copy_from_slice(&number.to_le_bytes())).await.expect("publishes");
    }
    for number in 0..200_u32 {
        assert_eq!(message(&mut listener).await.as_ref(), number.to_le_bytes());
    }
}

async fn who_does_not_listen_misses_the_message(bus: SharedBus) {
    let topic = topic();
    bus.publish(&topic, Bytes::from_static(b"unheard")).await.expect("nobody listening is no error");
    let mut late = bus.subscribe(&topic).await.expect("subscribes");
    bus.publish(&topic, Bytes::from_static(b"heard")).await.expect("publishes");
    assert_eq!(message(&mut late).await.as_ref(), b"heard");
}

async fn topics_do_not_mix(bus: SharedBus) {
    let (mine, other) = (topic(), topic());
    let mut listener = bus.subscribe(&mine).await.expect("subscribes");
    bus.publish(&other, Bytes::from_static(b"not for me")).await.expect("publishes");
    bus.publish(&mine, Bytes::from_static(b"for me")).await.expect("publishes");
    assert_eq!(message(&mut listener).await.as_ref(), b"for me");
}

async fn a_slow_reader_is_told_what_it_lost(bus: SharedBus) {
    let topic = topic();
    let mut slow = bus.subscribe(&topic).await.expect("subscribes");
    let mut quick = bus.subscribe(&topic).await.expect("subscribes");
    let published = BACKLOG_MESSAGES_MAX + 100;
    for number in 0..published {
        bus.publish(&topic, Bytes::from(number.to_string())).await.expect("publishes");
        // The quick one proves that the message has arrived in this process.
        assert_eq!(message(&mut quick).await, number.to_string());
    }
    assert_eq!(slow.next().await, Some(Delivery::Lagged(100)));
    assert_eq!(message(&mut slow).await, "100", "the rest is whole");
}

async fn a_topic_can_be_joined_again_after_its_last_listener_left(bus: SharedBus) {
    let topic = topic();
    for round in 0..20 {
        let mut listener = bus.subscribe(&topic).await.expect("subscribes");
        let payload = Bytes::from(format!("round {round}"));
        bus.publish(&topic, payload.clone()).await.expect("publishes");
        assert_eq!(message(&mut listener).await, payload);
    }
}

async fn what_breaks_a_limit_is_refused(bus: SharedBus) {
    for name in ["", "with space", "new\nline", &"x".repeat(201)] {
        assert!(matches!(bus.subscribe(name).await, Err(NodeError::InvalidName { .. })), "{name:?}");
        let published = bus.publish(name, Bytes::new()).await;
        assert!(matches!(published, Err(NodeError::InvalidName { .. })), "{name:?}");
    }
    let huge = Bytes::from(vec![0; PAYLOAD_BYTES_MAX + 1]);
    assert!(matches!(bus.publish(&topic(), huge).await, Err(NodeError::TooLarge { .. })));
}

async fn a_bus_that_works_says_so(bus: SharedBus) {
    bus.probe().await.expect("is well");
}

#[tokio::test]
async fn a_topic_is_forgotten_with_its_last_listener() {
    let bus = InProcessBus::new();
    let first = bus.subscribe("region.1.frames").await.expect("subscribes");
    let second = bus.subscribe("region.1.frames").await.expect("subscribes");
    assert_eq!(bus.topic_count(), 1);
    drop(first);
    assert_eq!(bus.topic_count(), 1);
    drop(second);
    assert_eq!(bus.topic_count(), 0);
}

#[tokio::test]
async fn a_listener_survives_the_loss_of_redis_and_learns_of_it() {
    let line = CuttableLine::to_redis().await;
    let bus = RedisBus::connect(&line.url).await.expect("connects");
    let topic = topic();
    let mut listener = bus.subscribe(&topic).await.expect("subscribes");
    line.cut();
    let probed = async {
        while bus.probe().await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, probed).await.expect("the loss is noticed");
    line.mend();
    assert_eq!(timeout(PATIENCE, listener.next()).await.expect("is told"), Some(Delivery::Lagged(0)));
    let published = async {
        while bus.publish(&topic, Bytes::from_static(b"again")).await.is_err() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, published).await.expect("the publisher comes back, too");
    assert_eq!(message(&mut listener).await.as_ref(), b"again");
    bus.probe().await.expect("is well again");
}

#[tokio::test]
async fn those_who_share_a_process_hear_each_other_while_redis_is_away() {
    let line = CuttableLine::to_redis().await;
    let bus = RedisBus::connect(&line.url).await.expect("connects");
    let (early, late) = (topic(), topic());
    let mut listener = bus.subscribe(&early).await.expect("subscribes");
    line.cut();
    let noticed = async {
        while bus.probe().await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, noticed).await.expect("the loss is noticed");
    let mut newcomer = bus.subscribe(&late).await.expect("is let in all the same");
    for number in 0..100_u8 {
        bus.publish(&early, Bytes::copy_from_slice(&[number])).await.expect("is heard nearby");
        assert_eq!(message(&mut listener).await.as_ref(), [number]);
    }
    bus.publish(&late, Bytes::from_static(b"hello")).await.expect("is heard nearby");
    assert_eq!(message(&mut newcomer).await.as_ref(), b"hello");
    line.mend();
    for subscription in [&mut listener, &mut newcomer] {
        let told = timeout(PATIENCE, subscription.next()).await.expect("is told");
        assert_eq!(told, Some(Delivery::Lagged(0)), "others may have said something");
    }
    let elsewhere = RedisBus::connect(&line.url).await.expect("connects");
    elsewhere.publish(&late, Bytes::from_static(b"from afar")).await.expect("is sent");
    assert_eq!(message(&mut newcomer).await.as_ref(), b"from afar");
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_named_without_its_password() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a free port").local_addr().expect("bound");
    let url = format!("redis://keeper:hunter2@{closed}");
    let Err(error) = RedisBus::connect(&url).await else { panic!("nobody listens there") };
    let text = error.to_string();
    assert!(text.contains(&closed.to_string()) && !text.contains("hunter2"), "{text}");
}

/// A way to Redis that a test can interrupt, without taking the server from other tests.
struct CuttableLine {
    url: String,
    is_whole: watch::Sender<bool>,
}

impl CuttableLine {
    async fn to_redis() -> Self {
        let url = crate::server_url("REALMKEEP_TEST_REDIS_URL");
        let server = url.trim_start_matches("redis://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("redis://{}", listener.local_addr().expect("bound"));
        let (is_whole, state) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (server, mut state) = (server.clone(), state.clone());
                if !*state.borrow() {
                    continue;
                }
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(&server).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = state.wait_for(|is_whole| !is_whole) => {}
                    }
                });
            }
        });
        Self { url, is_whole }
    }

    fn cut(&self) {
        self.is_whole.send_replace(false);
    }

    fn mend(&self) {
        self.is_whole.send_replace(true);
    }
}
