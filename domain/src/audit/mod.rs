//! The audit: what use cases note, and what staff read.
//!
//! An entry belongs into the transaction of the deed itself, as its last step: then there is no deed without an entry,
//! and no entry without its deed.

mod export;
mod heads;
mod list;
mod note;
mod verify;

pub use export::{ExportFormat, export};
pub use heads::{HeadError, HeadLog, sign_heads};
pub use list::list;
pub(crate) use note::{Alteration, Change, alteration, change, note};
pub use verify::{verify, verify_records};
