//! A store of blobs changes hands: each blob is copied, and what changes meanwhile is changed on both sides.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
};

use async_trait::async_trait;
use futures::{StreamExt as _, future::try_join_all};
use tokio::time::sleep;

use super::{Exchange, GATE_WAIT, State};
use crate::{
    blobs::{BlobDriver, BlobSeat},
    node::{Node, NodeError, seat::Seat},
};

/// Blobs that are copied in one go, while nobody changes any.
const STEP: usize = 8;

impl BlobSeat {
    async fn copy(
        &self,
        keys: Vec<Result<String, crate::blobs::BlobError>>,
        old: &BlobDriver,
        next: &BlobDriver,
    ) -> Result<(), NodeError> {
        let keys = keys.into_iter().collect::<Result<Vec<_>, _>>().map_err(|error| old.explain(&error))?;
        let gate = loop {
            match self.seat.close_within(GATE_WAIT).await {
                Some(gate) => break gate,
                None => sleep(GATE_WAIT).await,
            }
        };
        let copied = try_join_all(keys.iter().map(|key| next.take_over(key, old))).await;
        drop(gate);
        copied.map_err(|error| next.explain(&error))?;
        self.moved.fetch_add(keys.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

#[async_trait]
impl Exchange for Arc<BlobSeat> {
    type Driver = BlobDriver;

    fn seat(&self) -> &Seat<BlobDriver> {
        &self.seat
    }

    fn node(&self) -> Arc<dyn Node> {
        self.seat.present()
    }

    fn expect(&self, next: &Arc<BlobDriver>) {
        *self.next() = Some(Arc::clone(next));
    }

    async fn move_ahead(&self, old: &BlobDriver, next: &BlobDriver) -> Result<(), NodeError> {
        if self.moved.load(Ordering::Relaxed) > 0 {
            // Copied before; since then both sides have had every change.
            return Ok(());
        }
        let mut steps = old.keys().chunks(STEP);
        while let Some(keys) = steps.next().await {
            self.copy(keys, old, next).await?;
        }
        Ok(())
    }

    async fn move_rest(&self, _old: &BlobDriver, _next: &BlobDriver, _state: State) -> Result<(), NodeError> {
        match self.missed().take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn seated(&self, _old: &BlobDriver, _next: &BlobDriver) {}

    fn finish(&self) -> BTreeMap<&'static str, u64> {
        BTreeMap::from([("blobs", self.end_move())])
    }
}
