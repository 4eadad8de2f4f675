//! The live link to `/ws/observe`, and what came over it lately.

pub(crate) mod feed;
pub(crate) mod history;
pub(crate) mod link;
mod socket;
