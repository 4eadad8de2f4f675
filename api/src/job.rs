//! Background jobs.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, JobId, RegionCoord, WorldId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a job does, with its arguments: also the body of `POST jobs`, except for `send_letter`, which only the server asks for.
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
    /// Copies the whole database into the blobs, and forgets the oldest copies.
    BackUp {
        /// Copies to keep, this one included; 1 to 365.
        #[garde(range(min = 1, max = 365))]
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365))]
        keep: u32,
    },
    /// Forgets what ended long ago: sign-ins, tickets, stays, jobs, events.
    CleanUp {
        /// Days that ended jobs and relayed events are kept; 1 to 3,650.
        #[garde(range(min = 1, max = 3_650))]
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 3650))]
        keep_days: u32,
    },
    /// Counts the events of each hour that is over, so that figures outlive the log.
    RollUp {},
    /// Sends a letter to an account's address. A secret in it is made when it is sent, and stands nowhere else.
    SendLetter {
        /// What it tells.
        #[garde(skip)]
        letter: LetterKind,
        /// Whom it goes to.
        #[garde(skip)]
        #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
        account_id: AccountId,
    },
}

/// What a letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LetterKind {
    /// How to show that the address is the account's.
    VerifyEmail,
    /// How to choose another password.
    ResetPassword,
    /// That the password was changed.
    PasswordChanged,
}

impl JobRequest {
    /// The kind's name, as it stands in `kind`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::PregenerateRegion { .. } => "pregenerate_region",
            Self::BackUp { .. } => "back_up",
            Self::CleanUp { .. } => "clean_up",
            Self::RollUp {} => "roll_up",
            Self::SendLetter { .. } => "send_letter",
        }
    }
}

/// Which jobs come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobPriority {
    /// After all others.
    Low,
    /// In their order.
    #[default]
    Normal,
    /// Before all others.
    High,
}

/// How a job is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct StartOptions {
    /// Whether it comes before or after others.
    #[serde(default)]
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub priority: JobPriority,
    /// A name of the caller's choice: asked for again under it, the same job is answered and none is started.
    #[serde(default)]
    #[garde(length(min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 128))]
    pub idempotency_key: Option<String>,
}

/// Which jobs to list. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct JobFilter {
    /// Where they stand.
    #[serde(default)]
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<JobState>,
    /// What they do, such as `back_up`.
    #[serde(default)]
    #[garde(length(max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub kind: Option<String>,
    /// A text that is in their error.
    #[serde(default)]
    #[garde(length(max = 100))]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub text: Option<String>,
    /// `next` of the page before; absent for the first page.
    #[serde(default)]
    #[garde(length(max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub cursor: Option<String>,
}

/// The queue of jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueView {
    /// Since when it stands still, if it does.
    pub paused_at: Option<DateTime<Utc>>,
    /// Jobs that wait.
    pub queued: u64,
    /// Jobs that workers are on.
    pub running: u64,
}

/// Jobs that are asked for by the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleView {
    /// The schedule.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// When, as cron writes it, in UTC.
    pub cron: String,
    /// When, in words.
    pub cron_text: String,
    /// The job that it asks for.
    pub request: JobRequest,
    /// When it is due next.
    pub next_at: DateTime<Utc>,
    /// When it last asked.
    pub last_at: Option<DateTime<Utc>>,
    /// The job that it asked for last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub last_job_id: Option<JobId>,
    /// Since when it stands still, if it does.
    pub paused_at: Option<DateTime<Utc>>,
}

/// `POST jobs/schedules`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateScheduleRequest {
    /// A name; 1 to 60 characters, unique.
    #[garde(length(chars, min = 1, max = 60))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub name: String,
    /// Minute, hour, day, month and weekday, in UTC, as cron writes them.
    #[garde(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "30 2 * * *"))]
    pub cron: String,
    /// The job to ask for.
    #[garde(dive)]
    pub request: JobRequest,
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
    /// Whether it comes before or after others.
    pub priority: JobPriority,
    /// How often someone had it tried again after its end.
    pub retries: u32,
    /// Display name of whoever asked for it.
    pub requested_by: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker first took it up.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it is tried again, if something stood in its way.
    pub due_at: Option<DateTime<Utc>>,
}
