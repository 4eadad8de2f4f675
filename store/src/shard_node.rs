//! The records as an infrastructure node: a database shard.

use async_trait::async_trait;
use infra::{Node, NodeError};

use crate::{Store, StoreError};

#[async_trait]
impl Node for Store {
    fn driver(&self) -> &'static str {
        if self.is_file() { "sqlite" } else { "postgres" }
    }

    fn place(&self) -> String {
        Self::place(self).to_owned()
    }

    async fn probe(&self) -> Result<(), NodeError> {
        Self::probe(self).await.map_err(|error| {
            let (place, reason) = (Self::place(self).to_owned(), error.to_string());
            match error {
                StoreError::Unreachable(_) => NodeError::Unreachable { place, reason },
                _ => NodeError::Failed { place, reason },
            }
        })
    }
}
