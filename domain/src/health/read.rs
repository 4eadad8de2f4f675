//! The health of the parts, for staff.

use api::{Permission, health::HealthView};

use crate::{Actor, Domain, Error};

/// How the parts are, as of the newest probes.
///
/// # Errors
/// The actor may not see it.
pub async fn read(domain: &Domain, actor: &Actor) -> Result<HealthView, Error> {
    actor.require(Permission::ViewHealth)?;
    Ok(domain.health().view())
}
