//! What a program says of itself, in a few words.

/// Programs by what they write into their `User-Agent`; those that pretend to be others come first.
const PROGRAMS: [(&str, &str); 9] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("HeadlessChrome/", "Chrome without a window"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("UnityPlayer/", "Unity"),
    ("realmkeep", "Realmkeep client"),
    ("curl/", "curl"),
];
/// Systems likewise.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// A program and the system that it runs on; the text itself if neither is known.
pub(super) fn describe(user_agent: Option<&str>) -> String {
    let Some(text) = user_agent.map(str::trim).filter(|text| !text.is_empty()) else {
        return "A program that does not say what it is".to_owned();
    };
    let find = |known: &'static [(&str, &str)]| {
        known.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&PROGRAMS), find(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        (None, Some(system)) => format!("A program on {system}"),
        (None, None) => text.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn a_browser_is_told_from_those_that_it_pretends_to_be() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        assert_eq!(describe(Some(edge)), "Edge on Windows");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(describe(Some(safari)), "Safari on iPhone");
    }

    #[test]
    fn what_nobody_knows_speaks_for_itself() {
        assert_eq!(describe(Some("MyGame/2.1")), "MyGame/2.1");
        assert_eq!(describe(Some("  ")), "A program that does not say what it is");
        assert_eq!(describe(None), "A program that does not say what it is");
    }
}
