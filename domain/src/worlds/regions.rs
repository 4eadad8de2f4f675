//! The regions that live.

use api::{List, right, world::RegionView};
use grid::WorldId;

use crate::{Allowed, Domain, Error, figures::count};

/// The regions of a world that a Unification owns now.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world.
pub async fn regions(
    domain: &Domain,
    _: &Allowed<right::ViewWorlds>,
    world: WorldId,
) -> Result<List<RegionView>, Error> {
    domain.terrain().world(world).await?;
    let live = domain.region().filter(|live| live.world == world).map(|live| live.watch.status());
    let regions = live.into_iter().map(|status| RegionView {
        id: status.region,
        coord: status.coord,
        players: count(status.players),
        entities: count(status.entities),
        tick: status.tick,
    });
    Ok(List::whole(regions.collect()))
}
