//! Checks content as a whole: what each record says, what they say of each other, and what they cost.

mod cost;
mod records;
mod references;

use super::{Fault, Kind, Library, load::Files};
use crate::Id;

pub use cost::COST_MAX;
pub(crate) use records::challenge_eighths;

/// The pieces of Rust that content may name in `script`. At most three in a hundred records may need one.
pub const SCRIPTS: &[&str] = &[
    "split",
    "turn-back",
    "store-spell",
    "forget-spell",
    "keep",
    "double",
    "pay-choice",
    "late-spell",
    "next-turn",
    "throw",
    "strike-another",
];

/// All faults of a library.
pub(super) fn check(library: &Library, files: &Files) -> Vec<Fault> {
    let mut report = Report { library, files, faults: Vec::new() };
    records::check(&mut report);
    references::check(&mut report);
    report.faults
}

/// Where faults are gathered.
struct Report<'a> {
    library: &'a Library,
    files: &'a Files,
    faults: Vec<Fault>,
}

impl Report<'_> {
    fn fault(&mut self, kind: Kind, id: Id, path: &str, reason: impl Into<String>) {
        let file = self.files.get(&(kind, id)).map_or_else(String::new, ToString::to_string);
        let path = if path.is_empty() { id.to_string() } else { format!("{id}.{path}") };
        self.faults.push(Fault { file, path, reason: reason.into() });
    }
}
