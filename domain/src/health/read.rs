//! The health of the parts, for staff.

use api::{health::HealthView, right};

use crate::{Allowed, Domain};

/// How the parts are, as of the newest probes.
#[must_use]
pub fn read(domain: &Domain, _: &Allowed<right::ViewHealth>) -> HealthView {
    domain.health().view()
}
