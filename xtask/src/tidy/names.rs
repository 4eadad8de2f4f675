//! Names by kind (`manager`, `utils`) collect whatever fits nowhere else.

use anyhow::Result;

use super::Breach;
use super::tree::{TextFile, Tree};

const BANNED: [&str; 7] = ["manager", "service", "helper", "helpers", "utils", "util", "common"];
const BANNED_FILES: [&str; 2] = ["traits", "types"];
const KEYWORDS: [&str; 5] = ["mod ", "struct ", "enum ", "trait ", "type "];

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for file in tree.rust_files() {
        if let Some(name) = banned_path(&file.path) {
            breaches.push(format!("{}: `{name}` says nothing about what is inside", file.path));
        }
        breaches.extend(banned_items(file));
    }
    Ok(breaches)
}

fn banned_path(path: &str) -> Option<&str> {
    path.trim_end_matches(".rs").split('/').find(|part| BANNED.contains(part) || BANNED_FILES.contains(part))
}

fn banned_items(file: &TextFile) -> impl Iterator<Item = Breach> {
    file.code_lines().filter_map(|(number, line)| {
        let name = declared_name(line)?;
        let last_word = last_word_of(&name);
        BANNED
            .contains(&last_word.as_str())
            .then(|| format!("{}:{number}: `{name}` names a kind, not a thing", file.path))
    })
}

/// The name that a line declares, if it declares one.
fn declared_name(line: &str) -> Option<String> {
    // An implementation calls its types what the trait calls them.
    if line.starts_with("    type ") && line.contains(" = ") {
        return None;
    }
    let line = line.trim_start();
    let visible = line.strip_prefix("pub").map_or(line, |rest| match rest.strip_prefix('(') {
        Some(scoped) => scoped.split_once(')').map_or(rest, |(_, after)| after),
        None => rest,
    });
    let rest = KEYWORDS.iter().find_map(|keyword| visible.trim_start().strip_prefix(keyword))?;
    Some(rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect())
}

/// `SessionManager` and `session_manager` both end in `manager`.
fn last_word_of(name: &str) -> String {
    let start = name.rfind(|character: char| character.is_uppercase() || character == '_').unwrap_or(0);
    name[start..].trim_start_matches('_').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_by_kind_is_found_wherever_it_is_declared() {
        assert_eq!(declared_name("pub(crate) struct SessionManager {").as_deref(), Some("SessionManager"));
        assert_eq!(declared_name("    mod utils;").as_deref(), Some("utils"));
        assert_eq!(declared_name("    type Service;").as_deref(), Some("Service"));
        assert_eq!(declared_name("    type Service = S;"), None);
        assert_eq!(declared_name("let helper = 1;"), None);
        assert_eq!(last_word_of("SessionManager"), "manager");
        assert_eq!(last_word_of("string_utils"), "utils");
        assert_eq!(last_word_of("Commonwealth"), "commonwealth");
    }
}
