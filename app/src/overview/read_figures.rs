//! Asks for the present figures, so that the page has some before the live link is up.

use api::observe::Figures;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// The figures of this moment.
#[server(prefix = "/api/ui", endpoint = "overview/figures", input = GetUrl)]
pub(crate) async fn read_figures() -> Result<Figures, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ObserveGame>()?;
    Ok(domain::figures::read(&domain, &actor))
}
