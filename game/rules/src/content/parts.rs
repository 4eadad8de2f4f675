//! What of each record a walk sees: everything that holds steps.

use std::collections::HashSet;

use crate::Id;
use crate::language::{Action, Effect, Node, Target, Visit, Walk};

use super::{Kind, Library, Monster, NamedTrigger, TraitUse};

/// A record's parts that hold steps, as a walk sees them.
pub(crate) struct Parts<'a> {
    pub(crate) kind: Kind,
    pub(crate) id: Id,
    effects: Vec<(&'static str, &'a Effect)>,
    actions: Vec<(&'static str, &'a [Action])>,
    pub(super) nodes: Vec<(&'static str, &'a [Node])>,
    targets: Vec<&'a Target>,
    reactions: &'a [NamedTrigger],
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
            reactions: &[],
        }
    }

    /// Shows a visitor all of it.
    pub(crate) fn walk(&self, visitor: &mut impl Visit<'a>) {
        for (path, effect) in &self.effects {
            Walk::at(visitor, "").effect(path, effect);
        }
        for (index, reaction) in self.reactions.iter().enumerate() {
            Walk::at(visitor, &format!("reactions[{index}]")).trigger(&reaction.trigger);
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
    pub(super) fn action_ids(&self) -> HashSet<Id> {
        struct Ids(HashSet<Id>);
        impl Visit<'_> for Ids {
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
pub(crate) fn all_parts(library: &Library) -> Vec<Parts<'_>> {
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

fn monster_parts(monster: &Monster) -> Parts<'_> {
    let mut parts = Parts::of(Kind::Monsters, monster.id);
    parts.actions.push(("actions", &monster.actions));
    if let Some(legendary) = &monster.legendary {
        parts.actions.push(("legendary.actions", &legendary.actions));
    }
    if let Some(lair) = &monster.lair {
        parts.actions.push(("lair.actions", &lair.actions));
    }
    for own in &monster.traits {
        if let TraitUse::Own(feature) = own {
            parts.effects.push(("traits", &feature.gives));
        }
    }
    parts.reactions = &monster.reactions;
    parts
}
