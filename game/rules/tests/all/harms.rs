//! Where content harms, and a stage on which that is seen.

use std::collections::BTreeMap;

use rules::Id;
use rules::combat::{Handle, Ward};
use rules::content::{Range, Spell};
use rules::language::{Action, Attack, AttackKind, Event, Node, Target, Trigger, Visit, walk};

use super::stage::{Stage, id};

/// When the harm comes that steps tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comes {
    /// As they are done.
    Now,
    /// As the target's next turn begins or ends.
    NextTurn,
    /// By an action that they give.
    ByAction,
    /// With hits of whoever bears an effect.
    WithHits,
    /// To whoever hits the bearer of an effect.
    ToHitters,
    /// To whoever comes into a place.
    ToComers,
    /// When something else happens: an effect ends, the bearer is harmed by others.
    Otherwise,
}

/// Finds where steps harm.
#[derive(Default)]
pub(super) struct Harms {
    triggers: BTreeMap<String, Event>,
    actions: Vec<(String, Id)>,
    pub(super) found: BTreeMap<Comes, usize>,
    /// Most options of a choice.
    pub(super) options: usize,
    pub(super) places: bool,
    pub(super) walls: bool,
    /// A place comes up in a place.
    pub(super) nested: bool,
}

impl Harms {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut harms = Self::default();
        walk(&mut harms, "do", nodes);
        harms
    }

    pub(super) fn comes(&self, when: Comes) -> bool {
        self.found.contains_key(&when)
    }

    fn when(&self, path: &str) -> Comes {
        if self.actions.iter().any(|(action, _)| path.starts_with(action.as_str())) {
            return Comes::ByAction;
        }
        let events: Vec<Event> = self
            .triggers
            .iter()
            .filter(|(trigger, _)| path.starts_with(trigger.as_str()))
            .map(|(_, event)| *event)
            .collect();
        let turns = [Event::TurnStart, Event::TurnEnd, Event::ZoneTurnStart, Event::ZoneTurnEnd];
        match events[..] {
            [] => Comes::Now,
            [Event::EntersZone, ..] => Comes::ToComers,
            [Event::Hits | Event::Crits] => Comes::WithHits,
            [Event::IsHit] => Comes::ToHitters,
            [event] if turns.contains(&event) => Comes::NextTurn,
            _ => Comes::Otherwise,
        }
    }
}

impl Visit<'_> for Harms {
    fn trigger(&mut self, path: &str, trigger: &Trigger) {
        self.triggers.insert(path.to_owned(), trigger.on);
    }

    fn action(&mut self, path: &str, action: &Action) {
        self.actions.push((path.to_owned(), action.id));
    }

    fn node(&mut self, path: &str, node: &Node) {
        self.places |= matches!(node, Node::Zone(_) | Node::Wall(_));
        self.walls |= matches!(node, Node::Wall(_));
        self.nested |= matches!(node, Node::Zone(_)) && path.contains("triggers[");
        if let Node::Choose(choose) = node {
            self.options = self.options.max(choose.options.len());
        }
        let strikes = |attack: &Attack| matches!(attack.kind, AttackKind::Wielded | AttackKind::Unarmed);
        if matches!(node, Node::Damage(_)) || matches!(node, Node::Attack(attack) if strikes(attack)) {
            *self.found.entry(self.when(path)).or_default() += 1;
        }
    }
}

/// Enough hit points that nobody falls.
pub(super) fn toughen(stage: &mut Stage, who: Handle) {
    let creature = stage.arena.get_mut(who).expect("the creature was just added");
    creature.sheet.hp_max = 100_000;
    creature.hp = 100_000;
}

/// Of three targets one is hardened against all damage, and one can't stand any.
pub(super) fn guard(stage: &mut Stage, who: Handle, number: usize) {
    let ward = Ward { types: u16::MAX, unless: 0, only: 0 };
    let sheet = &mut stage.arena.get_mut(who).expect("the creature was just added").sheet;
    match number % 3 {
        1 => sheet.resist.push(ward),
        2 => sheet.vulnerable.push(ward),
        _ => {}
    }
}

/// A caster who knows a spell, somebody to cast it at, and somebody beside.
pub(super) fn cast_at(spell: &Spell, east: i32, number: usize) -> (Stage, Handle, Handle) {
    let mut stage = Stage::new();
    let caster = stage.wizard(9, &[spell.id.as_str()], 1, 0);
    // Some spells ask for somebody who is no humanoid.
    let target = if number.is_multiple_of(2) {
        stage.wizard(9, &[], 2, east)
    } else {
        stage.monster("srd:ghoul", 2, east)
    };
    let other = stage.wizard(9, &[], 2, east + 5);
    for who in [caster, target, other] {
        toughen(&mut stage, who);
        // Some spells ask for somebody in metal.
        stage.arena.get_mut(who).expect("it was just added").sheet.tags.push(id("metal"));
    }
    guard(&mut stage, target, number);
    stage.play(&[], |play| play.start_turn(caster));
    (stage, caster, target)
}

/// From how far a spell is cast: far enough that the caster is not in its own clouds, and keeps its concentration.
pub(super) fn distance(spell: &Spell, harms: &Harms) -> i32 {
    match (harms.places, &spell.target, spell.range) {
        (_, Target::Point, Range::Feet(60..) | Range::Sight | Range::Unlimited) => 60,
        (true, _, Range::Feet(10..)) => 10,
        _ => 5,
    }
}
