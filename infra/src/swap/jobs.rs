//! A queue of jobs changes hands: the next one is filled with what is open, from where that is written down.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;

use super::{Exchange, State};
use crate::{
    jobs::{JobQueue, seated::QueueSeat},
    node::{Node, NodeError, seat::Seat},
};

#[async_trait]
impl Exchange for Arc<QueueSeat> {
    type Driver = JobQueue;

    fn seat(&self) -> &Seat<JobQueue> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    async fn prepare(&self, next: &JobQueue) -> Result<(), NodeError> {
        // Also if the state is to be left: a queue that is dead must not keep jobs that nobody else would offer.
        self.fill(next).await
    }

    async fn move_ahead(&self, _old: &JobQueue, _next: &JobQueue) -> Result<(), NodeError> {
        Ok(())
    }

    async fn move_rest(&self, _old: &JobQueue, next: &JobQueue, _state: State) -> Result<(), NodeError> {
        self.fill(next).await
    }

    fn seated(&self, _old: &JobQueue, _next: &JobQueue) {
        self.tell_workers();
    }

    async fn leave(&self, old: &JobQueue, _state: State) -> Result<(), NodeError> {
        old.forget_open().await.map_err(|error| old.explain(&error))
    }

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        BTreeMap::from([("jobs", self.end_move())])
    }
}
