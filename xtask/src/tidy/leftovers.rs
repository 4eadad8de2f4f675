//! Remains of unfinished work: notes to oneself, silenced lints, tests that do not run.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

const ENDINGS: [&str; 6] = [".rs", ".cs", ".ts", ".mjs", ".js", ".css"];

/// Put together here, or this file would find itself.
const LEFTOVERS: [&str; 9] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("#[", "allow("),
    concat!("#![", "allow("),
    concat!("#[", "ignore"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("test.", "skip("),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for file in tree.files.iter().filter(|file| ENDINGS.iter().any(|ending| file.path.ends_with(ending))) {
        for (number, line) in file.lines() {
            if let Some(leftover) = LEFTOVERS.iter().find(|leftover| line.contains(**leftover)) {
                breaches.push(format!("{}:{number}: `{leftover}`", file.path));
            }
        }
    }
    Ok(breaches)
}
