//! The shape of every list: items, and a cursor for the next page.

use serde::{Deserialize, Serialize};

/// A page of a list. `next` is an opaque cursor to ask for the following page with, or null at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct List<T> {
    /// The items of this page, in the list's documented order.
    pub items: Vec<T>,
    /// Cursor of the next page; null when this is the last.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A list that fits on one page.
    #[must_use]
    pub const fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
