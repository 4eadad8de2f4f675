//! Documents lead to files that exist.

use anyhow::Result;

use super::Breach;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = tree.root.join(&file.path).parent().map(ToOwned::to_owned).unwrap_or_default();
        for (number, line) in file.lines() {
            for target in relative_links(line) {
                if !folder.join(target).exists() {
                    breaches.push(format!("{}:{number}: leads to {target}, which is not there", file.path));
                }
            }
        }
    }
    Ok(breaches)
}

/// The files that `[text](file#section)` names, without addresses elsewhere and sections of the same file.
fn relative_links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#', ' ']).next())
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_into_the_repository_are_followed() {
        let line = "see [a](docs/A.md#part), [b](https://example.org/x) and [c](#here)";
        assert_eq!(relative_links(line).collect::<Vec<_>>(), ["docs/A.md"]);
    }
}
