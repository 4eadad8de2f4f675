//! Checks content as a whole: what each record says, what they say of each other, and what they cost.

mod cost;
mod records;
mod references;

use std::collections::HashSet;

use crate::Id;
use crate::language::{Action, Effect, Target, Visit, Walk};

use super::{Fault, Kind, Library, load::Files};

pub use cost::COST_MAX;
pub(crate) use records::challenge_eighths;

/// The pieces of Rust that content may name in `script`. At most three in a hundred records may need one.
pub const SCRIPTS: &[&str] = &[
    "split",
    "turn-back",
    "store-spell",
    "forget-spell",
    "keep",
    "double",
    "pay-choice",
    "late-spell",
    "next-turn",
    "throw",
    "strike-another",
];

/// All faults of a library.
pub(super) fn check(library: &Library, files: &Files) -> Vec<Fault> {
    let mut report = Report { library, files, faults: Vec::new() };
    records::check(&mut report);
    references::check(&mut report);
    report.faults
}

/// Where faults are gathered.
struct Report<'a> {
    library: &'a Library,
    files: &'a Files,
    faults: Vec<Fault>,
}

impl Report<'_> {
    fn fault(&mut self, kind: Kind, id: Id, path: &str, reason: impl Into<String>) {
        let file = self.files.get(&(kind, id)).map_or_else(String::new, ToString::to_string);
        let path = if path.is_empty() { id.to_string() } else { format!("{id}.{path}") };
        self.faults.push(Fault { file, path, reason: reason.into() });
    }
}

/// A record's parts that hold steps, as a walk sees them.
struct Parts<'a> {
    kind: Kind,
    id: Id,
    effects: Vec<(&'static str, &'a Effect)>,
    actions: Vec<(&'static str, &'a [Action])>,
    nodes: Vec<(&'static str, &'a [crate::language::Node])>,
    targets: Vec<&'a Target>,
    triggers: Vec<(&'static str, Effect)>,
}

impl<'a> Parts<'a> {
    fn of(kind: Kind, id: Id) -> Self {
        Self {
            kind,
            id,
            effects: Vec::new(),
            actions: Vec::new(),
            nodes: Vec::new(),
            targets: Vec::new(),
            triggers: Vec::new(),
        }
    }

    fn walk(&self, visitor: &mut impl Visit) {
        for (path, effect) in &self.effects {
            Walk::at(visitor, "").effect(path, effect);
        }
        for (path, effect) in &self.triggers {
            Walk::at(visitor, "").effect(path, effect);
        }
        for (path, actions) in &self.actions {
            Walk::at(visitor, "").actions(path, actions);
        }
        for target in &self.targets {
            Walk::at(visitor, "").target("target", target);
        }
        for (path, nodes) in &self.nodes {
            Walk::at(visitor, "").nodes(path, nodes);
        }
    }

    /// Ids of all actions that a `use` in this record may mean.
    fn action_ids(&self) -> HashSet<Id> {
        struct Ids(HashSet<Id>);
        impl Visit for Ids {
            fn action(&mut self, _: &str, action: &Action) {
                self.0.insert(action.id);
            }
        }
        let mut ids = Ids(HashSet::new());
        self.walk(&mut ids);
        ids.0
    }
}

/// The parts of every record.
fn all_parts(library: &Library) -> Vec<Parts<'_>> {
    let mut all = Vec::new();
    for spell in library.spells() {
        let mut parts = Parts::of(Kind::Spells, spell.id);
        parts.nodes.push(("do", &spell.then));
        parts.targets.push(&spell.target);
        all.push(parts);
    }
    for monster in library.monsters() {
        all.push(monster_parts(monster));
    }
    for feature in library.features() {
        let mut parts = Parts::of(Kind::Features, feature.id);
        parts.effects.push(("gives", &feature.gives));
        all.push(parts);
    }
    for condition in library.conditions() {
        let mut parts = Parts::of(Kind::Conditions, condition.id);
        parts.effects.push(("gives", &condition.gives));
        all.push(parts);
    }
    for item in library.items() {
        let mut parts = Parts::of(Kind::Items, item.id);
        parts.effects.push(("gives", &item.gives));
        if let Some(last) = item.charges.as_ref().and_then(|charges| charges.last.as_ref()) {
            parts.nodes.push(("charges.last.do", &last.then));
        }
        all.push(parts);
    }
    all
}

fn monster_parts(monster: &super::Monster) -> Parts<'_> {
    let mut parts = Parts::of(Kind::Monsters, monster.id);
    parts.actions.push(("actions", &monster.actions));
    if let Some(legendary) = &monster.legendary {
        parts.actions.push(("legendary.actions", &legendary.actions));
    }
    if let Some(lair) = &monster.lair {
        parts.actions.push(("lair.actions", &lair.actions));
    }
    for own in &monster.traits {
        if let super::TraitUse::Own(feature) = own {
            parts.effects.push(("traits", &feature.gives));
        }
    }
    let triggers = monster.reactions.iter().map(|reaction| reaction.trigger.clone()).collect::<Vec<_>>();
    if !triggers.is_empty() {
        parts.triggers.push(("reactions", Effect { triggers, ..Effect::default() }));
    }
    parts
}
