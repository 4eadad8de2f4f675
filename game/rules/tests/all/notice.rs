//! What the content must say of its source, and what it must not say at all.

use std::{fs, path::Path};

use rules::ATTRIBUTION;

/// Names that belong to others and are not in the System Reference Document.
const FOREIGN: [&str; 16] = [
    "beholder",
    "mind flayer",
    "mind-flayer",
    "illithid",
    "umber hulk",
    "umber-hulk",
    "yuan-ti",
    "strahd",
    "orcus",
    "githyanki",
    "githzerai",
    "displacer beast",
    "carrion crawler",
    "kuo-toa",
    "totem warrior",
    "dungeons & dragons",
];

fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            texts(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("content and code are text");
            found.push((path.display().to_string(), text.to_lowercase()));
        }
    }
}

#[test]
fn no_foreign_name_stands_in_content_or_code() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    texts(&home.join("content"), &mut found);
    texts(&home.join("src"), &mut found);
    assert!(found.len() > 300, "content and code are looked through");
    for (path, text) in found {
        for name in FOREIGN {
            assert!(!text.contains(name), "{path} names `{name}`");
        }
    }
}

#[test]
fn the_notice_goes_with_the_product() {
    assert!(
        ATTRIBUTION.starts_with("This work includes material taken from the System Reference Document 5.1")
    );
    assert!(!ATTRIBUTION.contains("  "), "it reads as one line");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    assert!(fs::read_to_string(readme).expect("the README is there").contains(ATTRIBUTION));
}
