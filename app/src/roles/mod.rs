//! The Roles page: which role may do what.

mod matrix;
pub(crate) mod page;
