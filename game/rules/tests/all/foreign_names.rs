//! Names that belong to others and are not in the System Reference Document stay out of content and pages.

use std::{fs, path::Path};

/// Creatures, persons, places and brands that the document leaves out, in lower case.
const FOREIGN: [&str; 62] = [
    "aboleth lord",
    "abyssal chicken",
    "aganazzar",
    "asmodeus",
    "baldur's gate",
    "bahamut",
    "beholder",
    "bigby",
    "carrion crawler",
    "crimson death",
    "d&d",
    "dark sun",
    "demogorgon",
    "displacer beast",
    "dragonlance",
    "drawmij",
    "dungeon master",
    "dungeons & dragons",
    "dungeons and dragons",
    "eberron",
    "evard",
    "faerun",
    "faerûn",
    "flumph",
    "forgotten realms",
    "gauth",
    "githyanki",
    "githzerai",
    "gorilla bear",
    "greyhawk",
    "grung",
    "hook horror",
    "illithid",
    "intellect devourer",
    "iuz",
    "kuo-toa",
    "leomund",
    "lolth",
    "melf",
    "menzoberranzan",
    "mind flayer",
    "mordenkainen",
    "neogi",
    "neverwinter",
    "nystul",
    "orcus",
    "otiluke",
    "ravenloft",
    "slaad",
    "slaadi",
    "spelljammer",
    "strahd",
    "sword coast",
    "tasha",
    "tenser",
    "thri-kreen",
    "tiamat",
    "umber hulk",
    "vecna",
    "waterdeep",
    "yuan-ti",
    "yugoloth",
];

/// Where readers and players see words, from this crate's folder.
const SHOWN: [&str; 7] = [
    "content",
    "src/explain",
    "../../app/src",
    "../../api/src",
    "../../unity",
    "../../style",
    "../../README.md",
];

#[test]
fn no_name_of_others_stands_in_content_or_on_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in SHOWN {
        look(&root.join(place), &mut found);
    }
    assert!(found.is_empty(), "names that are not ours to use: {found:#?}");
}

#[test]
fn a_name_of_others_would_be_found() {
    assert_eq!(foreign("The gaze of a Beholder."), Some("beholder"));
    assert_eq!(foreign("Tasha's laughter"), Some("tasha"));
    assert_eq!(foreign("It beholds its prey; a potasha of salt"), None);
}

fn look(path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder of the repository");
        entries.for_each(|entry| look(&entry.expect("an entry of the folder").path(), found));
    } else if let Ok(text) = fs::read_to_string(path)
        && let Some(name) = foreign(&text)
    {
        found.push(format!("{}: {name}", path.display()));
    }
}

/// The first such name in a text, as a word of its own.
fn foreign(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let stands_alone = |at: usize, name: &str| {
        let before = text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
        before && text[at + name.len()..].chars().next().is_none_or(|letter| !letter.is_alphanumeric())
    };
    FOREIGN.iter().copied().find(|name| text.match_indices(name).any(|(at, _)| stands_alone(at, name)))
}
