//! What a swap does when the new driver breaks at a chosen moment, which no real one can be asked to do.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use async_trait::async_trait;

use super::{Exchange, Progress, State, Step, exchange};
use crate::node::{Node, NodeError, seat::Seat};

/// A driver that answers so many probes and then no more.
#[derive(Debug)]
struct Fickle {
    name: &'static str,
    probes_left: AtomicU32,
    closed: AtomicBool,
}

impl Fickle {
    fn answering(name: &'static str, probes: u32) -> Arc<Self> {
        Arc::new(Self { name, probes_left: AtomicU32::new(probes), closed: AtomicBool::default() })
    }
}

#[async_trait]
impl Node for Fickle {
    fn driver(&self) -> &'static str {
        "fickle"
    }

    fn place(&self) -> String {
        self.name.to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        let answers =
            self.probes_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        match answers {
            Ok(_) => Ok(()),
            Err(_) => Err(NodeError::Failed { place: self.place(), reason: "broken".to_owned() }),
        }
    }

    async fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }
}

/// A seat whose drivers keep nothing.
#[derive(Debug)]
struct Stool {
    seat: Seat<Fickle>,
    abandoned: AtomicU32,
}

impl Stool {
    fn under(driver: &Arc<Fickle>) -> Self {
        Self { seat: Seat::new(Arc::clone(driver)), abandoned: AtomicU32::new(0) }
    }
}

#[async_trait]
impl Exchange for Stool {
    type Driver = Fickle;

    fn seat(&self) -> &Seat<Fickle> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    async fn abandon(&self, _next: &Fickle) -> Result<(), NodeError> {
        self.abandoned.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn move_ahead(&self, _old: &Fickle, _next: &Fickle) -> Result<(), NodeError> {
        Ok(())
    }

    async fn move_rest(&self, _old: &Fickle, _next: &Fickle, _state: State) -> Result<(), NodeError> {
        Ok(())
    }

    fn seated(&self, _old: &Fickle, _next: &Fickle) {}

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        BTreeMap::new()
    }
}

#[tokio::test]
async fn a_driver_that_breaks_once_it_has_the_seat_gives_it_back() {
    let (old, next) = (Fickle::answering("old", 10), Fickle::answering("next", 1));
    let (stool, progress) = (Stool::under(&old), Progress::default());
    let failure = exchange(&stool, Arc::clone(&next), State::Move, &progress).await.expect_err("breaks");
    assert_eq!((failure.step, failure.was_rolled_back), (Step::Switch, true));
    assert!(failure.to_string().contains("broken"), "{failure}");
    assert_eq!(stool.node().place(), "old", "the old one serves");
    assert!(!old.closed.load(Ordering::Relaxed) && next.closed.load(Ordering::Relaxed));
    assert_eq!(stool.abandoned.load(Ordering::Relaxed), 1, "what was moved is taken back");
    let healed = Fickle::answering("healed", 10);
    exchange(&stool, healed, State::Move, &progress).await.expect("the seat is free for another try");
    assert_eq!(stool.node().place(), "healed");
    assert!(old.closed.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_driver_that_does_not_work_never_gets_the_seat() {
    let (old, next) = (Fickle::answering("old", 10), Fickle::answering("next", 0));
    let stool = Stool::under(&old);
    let failure = exchange(&stool, next, State::Move, &Progress::default()).await.expect_err("is broken");
    assert_eq!((failure.step, failure.was_rolled_back), (Step::Probe, false));
    assert_eq!(stool.node().place(), "old");
}
