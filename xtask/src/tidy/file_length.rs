//! A long file is several files.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

const LINES_MAX: usize = 500;
const ENDINGS: [&str; 5] = [".rs", ".cs", ".ts", ".mjs", ".css"];
/// Files that may be longer, each with its reason.
const LONGER: [(&str, &str); 0] = [];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for file in tree.files.iter().filter(|file| ENDINGS.iter().any(|ending| file.path.ends_with(ending))) {
        let lines = file.text.lines().count();
        let excused = LONGER.iter().any(|(path, _)| *path == file.path) || file.path.contains("/Generated/");
        if lines > LINES_MAX && !excused {
            breaches.push(format!("{}: {lines} lines, more than {LINES_MAX}: split it by verb", file.path));
        }
    }
    for (path, reason) in LONGER {
        if tree.file(path).is_err() {
            breaches.push(format!("{path}: excused ({reason}) but not there"));
        }
    }
    Ok(breaches)
}
