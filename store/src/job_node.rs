//! Which jobs are open, for a queue that is filled anew.

use async_trait::async_trait;
use infra::{
    NodeError,
    jobs::{OpenJobs, Order},
};
use uuid::Uuid;

use crate::{Store, jobs};

#[async_trait]
impl OpenJobs for Store {
    async fn open_jobs(&self) -> Result<Vec<(Uuid, Order)>, NodeError> {
        let open = jobs::list_open(self).await.map_err(|error| NodeError::Failed {
            place: Self::place(self).to_owned(),
            reason: error.to_string(),
        })?;
        // What is postponed comes into the queue when its moment has come.
        Ok(open.iter().filter(|job| job.due_at.is_none()).map(|job| (job.id.uuid(), job.order())).collect())
    }
}
