//! What runs in this process, as the use cases see it.

use game::{RegionDesk, RegionWatch};
use grid::WorldId;

/// The region that runs in this process, and the world that it is in.
#[derive(Clone, Debug)]
pub struct LiveRegion {
    /// The world.
    pub world: WorldId,
    /// The region's own account of itself.
    pub watch: RegionWatch,
    /// Where it takes orders.
    pub desk: RegionDesk,
}
