//! No file that nobody reaches: modules that no one declares, documents and settings that nothing names.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Breach;
use super::tree::{TextFile, Tree};

/// Folders whose files must be named somewhere, or be read as a folder by something.
const NAMED: [&str; 4] = ["docs/", "config/", "deploy/", "app/public/"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let reached = reached_modules(tree);
    let mut breaches: Vec<Breach> = tree
        .rust_files()
        .filter(|file| !reached.contains(&file.path))
        .map(|file| format!("{}: no `mod` leads here", file.path))
        .collect();
    for file in tree.files.iter().filter(|file| NAMED.iter().any(|folder| file.path.starts_with(folder))) {
        if !is_named(tree, file) {
            breaches.push(format!("{}: nothing names this file or reads its folder", file.path));
        }
    }
    Ok(breaches)
}

/// Follows `mod` from every target of cargo.
fn reached_modules(tree: &Tree) -> BTreeSet<String> {
    let mut open: Vec<String> = tree.target_roots().collect();
    let roots: BTreeSet<String> = open.iter().cloned().collect();
    let mut reached = BTreeSet::new();
    while let Some(path) = open.pop() {
        let Ok(file) = tree.file(&path) else { continue };
        if !reached.insert(path.clone()) {
            continue;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let stem = name.trim_end_matches(".rs");
        let home = if roots.contains(&path) || stem == "mod" {
            folder.to_owned()
        } else {
            format!("{folder}/{stem}")
        };
        for module in declared_modules(file) {
            open.push(format!("{home}/{module}.rs"));
            open.push(format!("{home}/{module}/mod.rs"));
        }
    }
    reached
}

/// The modules in other files: `mod name;`, with any visibility.
fn declared_modules(file: &TextFile) -> impl Iterator<Item = &str> {
    file.code_lines().filter_map(|(_, line)| {
        let (before, name) = line.trim().strip_suffix(';')?.rsplit_once(' ')?;
        let is_declaration = before == "mod" || (before.starts_with("pub") && before.ends_with(" mod"));
        is_declaration.then_some(name)
    })
}

/// A file counts as named when another file has its name, or Rust code the path of a folder above it.
fn is_named(tree: &Tree, file: &TextFile) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    tree.files.iter().filter(|other| other.path != file.path).any(|other| {
        other.text.contains(name)
            || other.is_rust() && folders_above(&file.path).any(|folder| other.text.contains(folder))
    })
}

/// `deploy/grafana/a.json` lies in `deploy/grafana`; the topmost folder says too little to count.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').skip(1).map(move |(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_declarations_of_other_files_count() {
        let text = "mod a;\npub(crate) mod b;\n// mod c;\nmod d {\n}\nuse mod_e;\n".to_owned();
        let file = TextFile { path: "x.rs".to_owned(), text };
        assert_eq!(declared_modules(&file).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn the_topmost_folder_names_nothing() {
        assert_eq!(
            folders_above("deploy/grafana/x/y.json").collect::<Vec<_>>(),
            ["deploy/grafana", "deploy/grafana/x"]
        );
    }
}
