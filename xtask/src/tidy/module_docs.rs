//! A file that can't say in a sentence what it is for should be two files, or none.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    Ok(tree
        .rust_files()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}:1: begins without module docs (`//! …`)", file.path))
        .collect())
}
