//! Which page of a list is asked for.

use serde::Deserialize;

/// Which page of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before; absent for the first page.
    pub(crate) cursor: Option<String>,
}
