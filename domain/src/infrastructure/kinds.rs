//! What could run.

use api::{
    infrastructure::{DriverView, KindView},
    right,
};

use crate::{Allowed, Domain};

/// Each kind of node, with its drivers and the schemas of their settings.
#[must_use]
pub fn kinds(domain: &Domain, _: &Allowed<right::ViewInfrastructure>) -> Vec<KindView> {
    let view = |(driver, schema): (&'static str, infra::nodes::Schema)| DriverView {
        driver: driver.to_owned(),
        schema: schema.to_value(),
    };
    let kinds = domain.nodes().kinds().into_iter();
    kinds
        .map(|(kind, drivers)| KindView {
            kind: kind.name().to_owned(),
            drivers: drivers.into_iter().map(view).collect(),
        })
        .collect()
}
