//! One pipeline.

use api::{pipeline::PipelineView, right};
use uuid::Uuid;

use super::{find, list::view};
use crate::{Allowed, Domain, Error};

/// The pipeline of that id, and how it does.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn get(
    domain: &Domain,
    _: &Allowed<right::ViewPipelines>,
    id: Uuid,
) -> Result<PipelineView, Error> {
    let pipeline = find(domain, id)?;
    let state = store::pipelines::find(domain.store(), id).await?.unwrap_or_default();
    view(domain, &pipeline, state).await
}
