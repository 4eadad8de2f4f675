//! What handlers take from a request.

mod caller;
mod json;
mod path;

pub(crate) use self::{
    caller::{Caller, SignedIn, Viewer},
    json::Json,
    path::Path,
};
