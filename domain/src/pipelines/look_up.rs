//! The tables that records are enriched from.

use std::collections::HashMap;

use async_trait::async_trait;
use infra::pipelines::{Tables, definition::EnrichTable};
use serde_json::Value;
use store::{Store, StoreError};
use uuid::Uuid;

/// Our records, as pipelines may read them.
pub(super) struct LookUp<'a>(pub(super) &'a Store);

#[async_trait]
impl Tables for LookUp<'_> {
    type Error = StoreError;

    async fn rows(&self, table: EnrichTable, ids: &[Uuid]) -> Result<HashMap<Uuid, Value>, StoreError> {
        store::pipelines::look_up(self.0, table, ids).await
    }
}
