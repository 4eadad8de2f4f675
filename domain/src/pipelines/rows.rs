//! What a pipeline has written.

use api::{pipeline::PipelineRows, right};
use uuid::Uuid;

use super::{find, tables_of};
use crate::{Allowed, Domain, Error};

/// Rows that are shown.
const ROWS_MAX: u64 = 100;

/// The newest rows of the first table that a pipeline fills.
///
/// # Errors
/// [`Error::NotFound`] if there is no such pipeline, or it fills no table.
pub async fn rows(
    domain: &Domain,
    _: &Allowed<right::ViewPipelines>,
    id: Uuid,
) -> Result<PipelineRows, Error> {
    let pipeline = find(domain, id)?;
    let table = tables_of(&pipeline).into_iter().next().ok_or(Error::NotFound("table"))?;
    let rows = table.newest(domain.store(), ROWS_MAX).await?;
    let columns = table.columns().iter().map(|(name, _)| name.clone()).collect();
    Ok(PipelineRows { id, table: table.name().to_owned(), columns, rows })
}
