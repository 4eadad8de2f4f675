//! Large dependencies have one room each, so that replacing one touches one room.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

/// A dependency (by the beginning of its name) and the crates that may have it.
const ROOMS: [(&str, &[&str]); 5] = [
    ("flecs_ecs", &["simulation"]),
    ("sea-orm", &["store", "migration"]),
    ("leptos", &["app", "frontend", "server"]),
    ("axum", &["server", "game", "app"]),
    ("apalis", &["infra"]),
];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for package in tree.crates() {
        for dependency in Tree::dependencies_of(package) {
            let room = ROOMS.iter().find(|(prefix, _)| dependency.starts_with(prefix));
            if room.is_some_and(|(_, allowed)| !allowed.contains(&package.name.as_str())) {
                breaches.push(format!(
                    "{}/Cargo.toml: `{dependency}` has no business here",
                    tree.folder_of(package)
                ));
            }
        }
    }
    Ok(breaches)
}
