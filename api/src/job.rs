//! Background jobs.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{JobId, RegionCoord, WorldId};
use serde::{Deserialize, Serialize};

/// What a job does, with its arguments: also the body of `POST jobs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobRequest {
    /// Generates all chunks of a region ahead of its players.
    PregenerateRegion {
        /// The world.
        #[garde(skip)]
        #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
        world_id: WorldId,
        /// The region, in regions; each axis within ±500,000.
        #[garde(custom(is_inside_the_world))]
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        region: RegionCoord,
    },
}

/// Farthest region from the origin that jobs accept, on each axis: its cells still fit 32 bits with room to spare.
pub const REGION_COORD_MAX: i32 = 500_000;

fn is_inside_the_world(region: &RegionCoord, (): &()) -> garde::Result {
    let inside = |v: i32| (-REGION_COORD_MAX..=REGION_COORD_MAX).contains(&v);
    if inside(region.x) && inside(region.z) {
        Ok(())
    } else {
        Err(garde::Error::new(format!("x and z must lie within ±{REGION_COORD_MAX}")))
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobState {
    /// Waits for a worker.
    Queued,
    /// A worker is on it.
    Running,
    /// Done.
    Succeeded,
    /// Given up; `error` tells why.
    Failed,
    /// Stopped on request.
    Cancelled,
}

impl JobState {
    /// Whether nothing will change any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobView {
    /// The job.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: JobId,
    /// What it does.
    pub request: JobRequest,
    /// Where it stands.
    pub state: JobState,
    /// Steps done.
    pub progress_done: u64,
    /// Steps in all; 0 while unknown.
    pub progress_total: u64,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// How often a worker took it up.
    pub attempts: u32,
    /// Display name of whoever asked for it.
    pub requested_by: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker first took it up.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}
