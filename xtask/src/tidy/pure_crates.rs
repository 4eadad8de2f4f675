//! Crates that also run in the browser, or must give the same everywhere, take time and dice as inputs.

use anyhow::{Context as _, Result};

use super::Breach;
use super::tree::Tree;

const PURE: [&str; 5] = ["api", "grid", "protocol", "rules", "worldgen"];
const BANNED_CRATES: [&str; 7] = ["axum", "sea-orm", "flecs_ecs", "leptos", "sqlx", "tokio", "reqwest"];
const BANNED_WORDS: [&str; 8] = [
    "Utc::now",
    "Local::now",
    "Instant::now",
    "SystemTime",
    "std::thread",
    "rand::rng",
    "std::fs",
    "std::net",
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for name in PURE {
        let package = tree
            .crates()
            .iter()
            .find(|package| package.name == name)
            .with_context(|| format!("no crate {name}"))?;
        let folder = tree.folder_of(package);
        for dependency in
            Tree::dependencies_of(package).filter(|dependency| BANNED_CRATES.contains(dependency))
        {
            breaches.push(format!("{folder}/Cargo.toml: `{dependency}` in a pure crate"));
        }
        let sources = format!("{folder}/src/");
        for file in tree.rust_files().filter(|file| file.path.starts_with(&sources)) {
            for (number, line) in file.code_lines() {
                if let Some(word) = BANNED_WORDS.iter().find(|word| line.contains(**word)) {
                    breaches.push(format!("{}:{number}: `{word}` in a pure crate: hand it in", file.path));
                }
            }
        }
    }
    Ok(breaches)
}
