//! What handlers take from a request.

mod because;
mod caller;
mod json;
mod path;
mod query;

pub(crate) use self::{
    because::{Because, StaffReason, WithReason, given},
    caller::{Allowed, AllowedSomewhere, Caller, SignedIn, Viewer, find_out, has_key},
    json::Json,
    path::Path,
    query::Query,
};
