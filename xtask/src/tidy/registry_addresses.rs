//! Lock files pin names, versions and hashes. Where a machine downloads from is that machine's business.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

/// How cargo names crates.io, whatever mirror stands in for it.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let cargo = tree.file("Cargo.lock")?.lines().filter_map(|(number, line)| {
        let source = line.strip_prefix("source = ")?.trim_matches('"');
        (source != CRATES_IO).then(|| format!("Cargo.lock:{number}: comes from {source}"))
    });
    let npm = tree
        .file("package-lock.json")?
        .lines()
        .filter(|(_, line)| line.contains("\"resolved\""))
        .map(|(number, _)| format!("package-lock.json:{number}: names a download address"));
    Ok(cargo.chain(npm).collect())
}
