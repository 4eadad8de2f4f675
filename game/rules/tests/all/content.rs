//! Content is read as a whole or refused with every fault named.

use std::borrow::Cow;

use rules::Id;
use rules::content::{Kind, Library, Pack, Source, srd};

fn pack(kind: Kind, text: &'static str) -> Pack {
    Pack { sources: vec![Source { kind, path: Cow::Borrowed("test.json"), text: Cow::Borrowed(text) }] }
}

fn id(text: &str) -> Id {
    text.parse().expect("a test's ids are well formed")
}

/// What is said about a pack on top of the crate's own.
fn faults(kind: Kind, text: &'static str) -> Vec<String> {
    let loaded = Library::load(&[Pack::srd(), pack(kind, text)]);
    loaded.map(|_| Vec::new()).unwrap_or_else(|faults| faults.iter().map(ToString::to_string).collect())
}

#[test]
fn the_content_of_the_crate_is_without_fault() {
    assert!(srd().condition(id("srd:prone")).is_some());
    assert_eq!(srd().spell(id("srd:fireball")).unwrap().level, 3);
}

#[test]
fn content_reads_back_as_written() {
    for spell in srd().spells() {
        let text = serde_json::to_string(spell).unwrap();
        assert_eq!(&serde_json::from_str::<rules::content::Spell>(&text).unwrap(), spell, "{text}");
    }
    for monster in srd().monsters() {
        let text = serde_json::to_string(monster).unwrap();
        assert_eq!(&serde_json::from_str::<rules::content::Monster>(&text).unwrap(), monster, "{text}");
    }
}

#[test]
fn a_later_pack_overrides_and_adds() {
    let text = r#"[
        {"id": "srd:prone", "name": "Flat", "gives": {}},
        {"id": "mine:dizzy", "name": "Dizzy", "gives": {}}
    ]"#;
    let library = Library::load(&[Pack::srd(), pack(Kind::Conditions, text)]).unwrap();
    assert_eq!(library.condition(id("srd:prone")).unwrap().name, "Flat");
    assert!(library.condition(id("mine:dizzy")).is_some());
    assert!(library.condition(id("srd:stunned")).is_some());
}

#[test]
fn an_unknown_key_is_named_with_file_and_place() {
    let found = faults(Kind::Conditions, r#"{"id": "mine:a", "name": "A", "gives": {"modifers": []}}"#);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("test.json: gives.modifers: unknown field `modifers`"), "{}", found[0]);
}

#[test]
fn names_that_lead_nowhere_are_found() {
    let found = faults(
        Kind::Conditions,
        r#"{"id": "mine:a", "name": "A", "gives": {"conditions": ["srd:sleepy"], "triggers": [
            {"on": "turn_start", "do": [{"cast": {"spell": "srd:no-such-spell"}}, {"use": "bite"}]}]}}"#,
    );
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("no `srd:sleepy` among the conditions")), "{found:?}");
    assert!(
        found.iter().any(|fault| fault.contains("mine:a.gives.triggers[0].do[0].cast.spell")),
        "{found:?}"
    );
    assert!(found.iter().any(|fault| fault.contains("no action `bite`")), "{found:?}");
}

#[test]
fn what_leads_back_to_itself_is_found() {
    let found = faults(
        Kind::Conditions,
        r#"[{"id": "mine:a", "name": "A", "gives": {"conditions": ["mine:b"]}},
            {"id": "mine:b", "name": "B", "gives": {"conditions": ["mine:a"]}}]"#,
    );
    assert_eq!(found, ["test.json: mine:a: leads back to itself: mine:a → mine:b → mine:a"]);
}

#[test]
fn what_would_cost_too_much_is_refused_before_play() {
    let found = faults(
        Kind::Conditions,
        r#"{"id": "mine:a", "name": "A", "gives": {"triggers": [{"on": "turn_start", "do": [
            {"repeat": {"times": "@hp", "do": ["kill"]}}]}]}}"#,
    );
    assert!(found.iter().any(|fault| fault.contains("may go round 100000 times")), "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("steps in one use")), "{found:?}");
}
