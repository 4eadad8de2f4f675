//! The messages of `/ws/observe`, the dashboard's live view. JSON text, one message a frame.

use chrono::{DateTime, Utc};
use grid::{RegionId, WorldId};
use serde::{Deserialize, Serialize};

use crate::{
    combat::{AreaView, FlashView},
    entity::EntityView,
};

/// From the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObserveRequest {
    /// Start or stop sending the entities of the live region with each [`ObserveMessage::Entities`].
    WatchEntities {
        /// Whether to send them.
        watch: bool,
    },
}

/// To the dashboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ObserveMessage {
    /// Live figures, twice a second.
    Figures(Figures),
    /// The entities of the live region, five times a second while watched.
    Entities {
        /// The world.
        world_id: WorldId,
        /// The region.
        region_id: RegionId,
        /// The tick that the entities were taken at.
        tick: u64,
        /// All of them, ordered by id.
        entities: Vec<EntityView>,
        /// Zones, walls and auras.
        #[serde(default)]
        areas: Vec<AreaView>,
        /// What happened in fights since the message before; of very much, the last.
        #[serde(default)]
        flashes: Vec<FlashView>,
    },
}

/// The figures of the Overview page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// When they were taken.
    pub at: DateTime<Utc>,
    /// Version of the server.
    pub version: String,
    /// Seconds since the server started.
    pub uptime_s: u64,
    /// Players in the game, linkdead ones included.
    pub players: u32,
    /// Entities in the live regions, players included.
    pub entities: u32,
    /// Open game sockets.
    pub sockets: u32,
    /// Median duration of a tick over the last seconds, in microseconds.
    pub tick_p50_us: u64,
    /// 99th percentile of the same.
    pub tick_p99_us: u64,
    /// Longest tick of the same.
    pub tick_max_us: u64,
    /// Ticks that the simulation has made.
    pub tick: u64,
    /// Ticks that began late since the start.
    pub late_ticks: u64,
    /// Messages received from players each second, over the last seconds.
    pub messages_in_per_s: f64,
    /// Messages sent to players each second, over the last seconds.
    pub messages_out_per_s: f64,
    /// Bytes sent to players each second, over the last seconds.
    pub bytes_out_per_s: f64,
    /// Whether the server is ready, as `/health/ready` says.
    pub ready: bool,
}
