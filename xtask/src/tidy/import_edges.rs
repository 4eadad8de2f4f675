//! The crates import each other as the table in `docs/ARCHITECTURE.md` says, and not otherwise.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};

use super::Breach;
use super::tree::Tree;

const DOCUMENT: &str = "docs/ARCHITECTURE.md";
const HEADING: &str = "## Who may import whom";

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let allowed = table(&tree.file(DOCUMENT)?.text)?;
    let ours: BTreeSet<&str> = tree.crates().iter().map(|package| package.name.as_str()).collect();
    let mut breaches = Vec::new();
    for package in tree.crates() {
        let name = package.name.as_str();
        let Some(allowed) = allowed.get(name) else {
            breaches.push(format!("{DOCUMENT}: the table lacks a row for `{name}`"));
            continue;
        };
        for dependency in Tree::dependencies_of(package).filter(|dependency| ours.contains(dependency)) {
            if !allowed.contains(dependency) {
                breaches.push(format!(
                    "{}/Cargo.toml: `{name}` may not import `{dependency}`",
                    tree.folder_of(package)
                ));
            }
        }
    }
    for name in allowed.iter().flat_map(|(name, imports)| imports.iter().chain([name])) {
        if !ours.contains(name.as_str()) {
            breaches.push(format!("{DOCUMENT}: the table names `{name}`, which is no crate of ours"));
        }
    }
    Ok(breaches)
}

/// Reads the rows: crates in backticks in the first column may import those in backticks in the second.
fn table(document: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let (_, section) =
        document.split_once(HEADING).with_context(|| format!("{DOCUMENT} lacks \"{HEADING}\""))?;
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut table = BTreeMap::new();
    for row in rows {
        let mut columns = row.trim_matches('|').split('|');
        let (names, imports) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        for name in in_backticks(names) {
            table.insert(name.to_owned(), in_backticks(imports).map(str::to_owned).collect());
        }
    }
    Ok(table)
}

fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_as_it_stands_in_the_document() {
        let document = "x\n## Who may import whom\n\nwords\n\n| crate | imports |\n|---|---|\n\
                        | `rules`, `worldgen` | `grid` |\n| `grid` | none |\n\nmore | `text` |\n";
        let table = table(document).unwrap();
        assert_eq!(table.len(), 3);
        assert!(table["worldgen"].contains("grid"));
        assert!(table["grid"].is_empty());
    }
}
