//! Ways around what can't be walked on, across cells.

mod route;
mod search;

pub(crate) use route::Route;
pub(crate) use search::{Paths, register};
