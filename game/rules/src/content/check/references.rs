//! What records say of each other: every name names something, and nothing leads back to itself.

use std::collections::{HashMap, HashSet};

use crate::Id;
use crate::language::{Node, Refers, Visit};

use super::super::parts::{Parts, all_parts};
use super::{Kind, Report};

pub(super) fn check(report: &mut Report<'_>) {
    let library = report.library;
    let mut edges: HashMap<(Kind, Id), Vec<(Kind, Id)>> = HashMap::new();
    for parts in all_parts(library) {
        let mut names = Names { found: Vec::new() };
        parts.walk(&mut names);
        let actions = parts.action_ids();
        for (path, refers, id) in names.found {
            let kind = match refers {
                Refers::Action => {
                    if !actions.contains(&id) {
                        report.fault(parts.kind, parts.id, &path, format!("there is no action `{id}` here"));
                    }
                    continue;
                }
                Refers::Resource => continue,
                Refers::Condition => Kind::Conditions,
                Refers::Monster => Kind::Monsters,
                Refers::Spell => Kind::Spells,
                Refers::Item => Kind::Items,
            };
            expect(report, &parts, &path, kind, id);
            // A creature that comes may well call others in turn; a spell that casts itself never ends.
            if matches!(refers, Refers::Condition | Refers::Spell) {
                edges.entry((parts.kind, parts.id)).or_default().push((kind, id));
            }
        }
        actions_end(report, &parts);
    }
    for cycle in cycles(&edges) {
        let ring: Vec<String> = cycle.iter().map(|(_, id)| id.to_string()).collect();
        report.fault(cycle[0].0, cycle[0].1, "", format!("leads back to itself: {}", ring.join(" → ")));
    }
    records_name_records(report);
}

fn expect(report: &mut Report<'_>, parts: &Parts<'_>, path: &str, kind: Kind, id: Id) {
    if !report.library.has(kind, id) {
        report.fault(parts.kind, parts.id, path, format!("there is no `{id}` among the {kind}"));
    }
}

struct Names {
    found: Vec<(String, Refers, Id)>,
}

impl Visit<'_> for Names {
    fn reference(&mut self, path: &str, kind: Refers, id: Id) {
        self.found.push((path.to_owned(), kind, id));
    }
}

/// A multiattack that uses itself never ends.
fn actions_end(report: &mut Report<'_>, parts: &Parts<'_>) {
    struct Uses {
        edges: HashMap<(Kind, Id), Vec<(Kind, Id)>>,
        within: Option<Id>,
    }
    impl Visit<'_> for Uses {
        fn action(&mut self, _: &str, action: &crate::language::Action) {
            self.within = Some(action.id);
        }
        fn node(&mut self, _: &str, node: &Node) {
            if let (Node::Use(id), Some(within)) = (node, self.within) {
                self.edges.entry((Kind::Monsters, within)).or_default().push((Kind::Monsters, *id));
            }
        }
    }
    let mut uses = Uses { edges: HashMap::new(), within: None };
    parts.walk(&mut uses);
    for cycle in cycles(&uses.edges) {
        report.fault(parts.kind, parts.id, "", format!("the action `{}` uses itself", cycle[0].1));
    }
}

/// Rings in a graph, each once.
fn cycles(edges: &HashMap<(Kind, Id), Vec<(Kind, Id)>>) -> Vec<Vec<(Kind, Id)>> {
    let mut starts: Vec<_> = edges.keys().copied().collect();
    starts.sort_by_key(|(kind, id)| (*kind, id.as_str()));
    let mut done = HashSet::new();
    let mut rings = Vec::new();
    for start in starts {
        let mut trail = Vec::new();
        follow(start, edges, &mut trail, &mut done, &mut rings);
    }
    rings
}

fn follow(
    at: (Kind, Id),
    edges: &HashMap<(Kind, Id), Vec<(Kind, Id)>>,
    trail: &mut Vec<(Kind, Id)>,
    done: &mut HashSet<(Kind, Id)>,
    rings: &mut Vec<Vec<(Kind, Id)>>,
) {
    if let Some(start) = trail.iter().position(|step| *step == at) {
        let mut ring = trail[start..].to_vec();
        ring.push(at);
        rings.push(ring);
        return;
    }
    if !done.insert(at) {
        return;
    }
    trail.push(at);
    for next in edges.get(&at).into_iter().flatten() {
        follow(*next, edges, trail, done, rings);
    }
    trail.pop();
}

/// Names of records outside of steps.
fn records_name_records(report: &mut Report<'_>) {
    let library = report.library;
    let mut missing: Vec<(Kind, Id, String, Kind, Id)> = Vec::new();
    let mut need = |kind, id, path: &str, wanted, name| {
        if !library.has(wanted, name) {
            missing.push((kind, id, path.to_owned(), wanted, name));
        }
    };
    for spell in library.spells() {
        // A pack of spells alone can be checked, too.
        if library.count(Kind::Classes) > 0 {
            spell
                .classes
                .iter()
                .for_each(|class| need(Kind::Spells, spell.id, "classes", Kind::Classes, *class));
        }
    }
    for monster in library.monsters() {
        for shared in &monster.traits {
            if let crate::content::TraitUse::Shared(id) = shared {
                need(Kind::Monsters, monster.id, "traits", Kind::Features, *id);
            }
        }
        for casting in &monster.spellcasting {
            let innate = casting.innate.iter().map(|innate| innate.spell);
            for spell in casting.spells.iter().copied().chain(innate) {
                need(Kind::Monsters, monster.id, "spellcasting", Kind::Spells, spell);
            }
        }
        for condition in &monster.condition_immune {
            need(Kind::Monsters, monster.id, "condition_immune", Kind::Conditions, *condition);
        }
    }
    for subclass in library.subclasses() {
        need(Kind::Subclasses, subclass.id, "of", Kind::Classes, subclass.of);
        for spell in subclass.spells.values().flatten() {
            need(Kind::Subclasses, subclass.id, "spells", Kind::Spells, *spell);
        }
    }
    for subrace in library.subraces() {
        need(Kind::Subraces, subrace.id, "of", Kind::Races, subrace.of);
    }
    for feature in library.features() {
        for pick in &feature.picks {
            for choice in &pick.features {
                need(Kind::Features, feature.id, "picks", Kind::Features, *choice);
            }
        }
        for owner in feature.of.iter().copied() {
            let kinds = [Kind::Classes, Kind::Subclasses, Kind::Races, Kind::Subraces, Kind::Backgrounds];
            if !kinds.iter().any(|kind| library.has(*kind, owner)) {
                need(Kind::Features, feature.id, "of", Kind::Classes, owner);
            }
        }
    }
    for (kind, id, path, wanted, name) in missing {
        report.fault(kind, id, &path, format!("there is no `{name}` among the {wanted}"));
    }
}
