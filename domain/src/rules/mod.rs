//! The rules' content, for whoever may look it up.

mod coverage;
mod encounter;
mod list;
mod newcomers;
mod page;
mod read;

pub use coverage::coverage;
pub use encounter::encounter;
pub use list::list;
pub use newcomers::{Document, newcomers};
pub use read::read;

use rules::{Id, content::srd};

/// The id of a text that the content knows. The content is read first, if nobody asked for it yet: before that, nothing is known.
pub(crate) fn known(text: &str) -> Option<Id> {
    let _ = srd();
    Id::known(text)
}
