//! Numbered messages and entries that flow while a node is swapped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::*;

/// Appends numbers to a stream and publishes them on a topic, and reads both, while the bus changes hands.
pub(super) struct Load {
    pub(super) stop: Arc<AtomicBool>,
    pub(super) longest_wait_us: Arc<AtomicU64>,
    pub(super) published: JoinHandle<u64>,
    pub(super) heard: JoinHandle<(u64, u64)>,
    pub(super) appended: JoinHandle<u64>,
    pub(super) consumed: JoinHandle<Vec<u64>>,
}

impl Load {
    pub(super) async fn on(house: &House) -> Self {
        let (stop, longest_wait_us) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (topic, name) = (format!("test.{}", Uuid::now_v7()), stream());
        let mut listener = house.bus.subscribe(&topic).await.expect("subscribes");
        house.streams.join(&name, "group", Start::Beginning).await.expect("joins");
        let published = tokio::spawn({
            let (bus, topic, stop) = (Arc::clone(&house.bus), topic.clone(), Arc::clone(&stop));
            let longest = Arc::clone(&longest_wait_us);
            async move {
                let mut next = 0_u64;
                while !stop.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    let payload = Bytes::copy_from_slice(&next.to_le_bytes());
                    if bus.publish(&topic, payload).await.is_ok() {
                        next += 1;
                    }
                    let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
                    longest.fetch_max(took, Ordering::Relaxed);
                    if next.is_multiple_of(16) {
                        tokio::task::yield_now().await;
                    }
                    if next.is_multiple_of(64) {
                        sleep(Duration::from_millis(1)).await;
                    }
                }
                bus.publish(&topic, Bytes::from_static(b"the end.")).await.expect("publishes the end");
                next
            }
        });
        let heard = tokio::spawn(async move {
            let (mut expected, mut gaps, mut is_after_gap) = (0, 0, false);
            while let Some(delivery) = listener.next().await {
                match delivery {
                    Delivery::Message(payload) if payload.as_ref() == b"the end." => break,
                    Delivery::Message(payload) => {
                        let heard = number(&payload);
                        assert!(heard >= expected, "{heard} after {expected}: out of order");
                        assert!(
                            heard == expected || is_after_gap,
                            "{heard} instead of {expected}, unnoticed"
                        );
                        (expected, is_after_gap) = (heard + 1, false);
                    }
                    Delivery::Lagged(_) => (gaps, is_after_gap) = (gaps + 1, true),
                }
            }
            (expected, gaps)
        });
        let appended = tokio::spawn({
            let (streams, name, stop) = (Arc::clone(&house.streams), name.clone(), Arc::clone(&stop));
            async move {
                let mut next = 0_u64;
                while !stop.load(Ordering::Relaxed) {
                    if streams.append(&name, &numbered(next..next + 10)).await.is_ok() {
                        next += 10;
                    }
                    sleep(Duration::from_millis(5)).await;
                }
                next
            }
        });
        let consumed = tokio::spawn({
            let (streams, stop) = (Arc::clone(&house.streams), Arc::clone(&stop));
            async move {
                let reader = Reader { stream: name.clone(), group: "group".into(), consumer: "one".into() };
                let mut seen = Vec::new();
                loop {
                    let last = stop.load(Ordering::Relaxed);
                    let entries = streams.read(&reader, 50, Duration::from_millis(200)).await;
                    let entries = entries.unwrap_or_default();
                    if last && entries.is_empty() {
                        return seen;
                    }
                    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
                    seen.extend(entries.iter().map(|entry| number(&entry.payload)));
                    while streams.ack(&name, "group", &ids).await.is_err() {}
                }
            }
        });
        Self { stop, longest_wait_us, published, heard, appended, consumed }
    }

    /// Stops, and checks that nothing was lost, doubled or disordered.
    #[expect(clippy::print_stdout, reason = "whoever runs it alone wants the figures")]
    pub(super) async fn check(self) {
        self.stop.store(true, Ordering::Relaxed);
        let published = timeout(PATIENCE, self.published).await.expect("in time").expect("no panic");
        let (heard, gaps) = timeout(PATIENCE, self.heard).await.expect("in time").expect("no panic");
        assert!(published > 0 && heard <= published);
        let appended = timeout(PATIENCE, self.appended).await.expect("in time").expect("no panic");
        let consumed = timeout(PATIENCE, self.consumed).await.expect("in time").expect("no panic");
        assert!(appended > 0);
        assert_eq!(consumed, (0..appended).collect::<Vec<_>>(), "each entry once, in order");
        println!("{published} published, {heard} heard, {gaps} gaps told, {appended} entries");
        println!("longest publish {} µs", self.longest_wait_us.load(Ordering::Relaxed));
    }
}
