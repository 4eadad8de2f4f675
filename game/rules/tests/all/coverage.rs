//! What runs stays running, and names that are not ours stay out.

use std::collections::BTreeMap;

use rules::census::{census, count};
use rules::content::{Pack, srd};
use rules::language::{Node, Visit, walk};

#[test]
fn no_row_that_runs_stops_running() {
    let floor: BTreeMap<String, usize> =
        serde_json::from_str(include_str!("../../coverage/floor.json")).unwrap();
    for (group, rows) in census(srd()) {
        let now = count(&rows).executable;
        let least = floor.get(&group).copied().unwrap_or(0);
        assert!(now >= least, "{group}: {now} rows run, {least} ran before");
    }
}

#[test]
fn names_that_are_not_in_the_reference_document_stay_out() {
    const OTHERS: [&str; 14] = [
        "beholder",
        "mind flayer",
        "umber hulk",
        "yuan-ti",
        "strahd",
        "orcus",
        "illithid",
        "githyanki",
        "githzerai",
        "displacer beast",
        "carrion crawler",
        "kuo-toa",
        "slaad",
        "dungeons & dragons",
    ];
    for source in Pack::srd().sources {
        let text = source.text.to_lowercase();
        for name in OTHERS {
            assert!(!text.contains(name), "{} speaks of {name}", source.path);
        }
    }
}

#[test]
fn scripts_are_the_exception() {
    #[derive(Default)]
    struct Scripts(usize);
    impl Visit<'_> for Scripts {
        fn node(&mut self, _: &str, node: &Node) {
            self.0 += usize::from(matches!(node, Node::Script(_)));
        }
    }
    let mut scripts = Scripts::default();
    srd().spells().iter().for_each(|spell| walk(&mut scripts, "do", &spell.then));
    assert!(scripts.0 * 100 <= srd().spells().len() * 3, "{} spells need Rust of their own", scripts.0);
}

#[test]
fn everything_can_be_told_in_words() {
    use rules::explain;
    for spell in srd().spells() {
        let told = explain::explain_spell(spell);
        assert!(!told.text[0].1.is_empty(), "{} says nothing", spell.id);
        assert!(!told.text[0].1.contains('@'), "{}: {}", spell.id, told.text[0].1);
    }
    for monster in srd().monsters() {
        let told = explain::explain_monster(monster, srd());
        assert!(told.facts.len() >= 5, "{}", monster.id);
    }
}

#[test]
fn a_spell_reads_like_a_rule() {
    let spell = srd().spell("srd:fire-bolt".parse().unwrap()).unwrap();
    let told = rules::explain::explain_spell(spell);
    assert_eq!(told.facts[1], ("Casting", "an action".to_owned()));
    assert_eq!(told.facts[2], ("Range", "120 feet".to_owned()));
    assert!(told.text[0].1.starts_with("Ranged spell attack. Hit: "), "{}", told.text[0].1);
}
