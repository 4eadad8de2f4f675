//! What each record must keep by itself.

use crate::Id;
use crate::language::{Action, Effect, Node, Trigger, Visit, expr::Expr};

use super::super::parts::all_parts;
use super::{COST_MAX, Kind, Report, SCRIPTS, cost::cost};

/// Most repetitions of one `repeat`.
const TIMES_MAX: i64 = 64;

pub(super) fn check(report: &mut Report<'_>) {
    let library = report.library;
    for parts in all_parts(library) {
        let mut rules = Rules { faults: Vec::new() };
        parts.walk(&mut rules);
        for (path, nodes) in &parts.nodes {
            rules.affordable(path, nodes);
        }
        for (path, reason) in rules.faults {
            report.fault(parts.kind, parts.id, &path, reason);
        }
    }
    for spell in library.spells() {
        if spell.level > 9 {
            report.fault(Kind::Spells, spell.id, "level", "spells have levels from 0 to 9");
        }
        if spell.level == 0 && asks_for_slot(&spell.then) {
            report.fault(Kind::Spells, spell.id, "do", "a cantrip has no `@slot`; it grows with `@level`");
        }
    }
    for monster in library.monsters() {
        if challenge_eighths(&monster.cr).is_none() {
            report.fault(Kind::Monsters, monster.id, "cr", "a challenge is 0, 1/8, 1/4, 1/2 or 1 to 30");
        }
        if monster.hp.plain().is_none() {
            report.fault(Kind::Monsters, monster.id, "hp", "hit points are plain dice such as `3d8 + 6`");
        }
        if monster.abilities.iter().any(|score| !(1..=30).contains(score)) {
            report.fault(Kind::Monsters, monster.id, "abilities", "ability scores go from 1 to 30");
        }
    }
    for class in library.classes() {
        for (column, values) in &class.columns {
            if values.len() != 20 {
                report.fault(
                    Kind::Classes,
                    class.id,
                    &format!("columns.{column}"),
                    "a column has 20 numbers",
                );
            }
        }
    }
    ids_have_packs(report);
}

/// A challenge rating in eighths, if it is one.
pub(crate) fn challenge_eighths(text: &str) -> Option<u16> {
    Some(match text {
        "1/8" => 1,
        "1/4" => 2,
        "1/2" => 4,
        whole => whole.parse::<u16>().ok().filter(|whole| *whole <= 30)? * 8,
    })
}

fn ids_have_packs(report: &mut Report<'_>) {
    let mut without: Vec<(Kind, Id)> =
        report.files.keys().filter(|(_, id)| id.pack().is_none()).copied().collect();
    without.sort_by_key(|(kind, id)| (*kind, id.as_str()));
    for (kind, id) in without {
        report.fault(kind, id, "id", "the id of a record begins with its pack, as in `srd:fire-bolt`");
    }
}

struct Rules {
    faults: Vec<(String, String)>,
}

impl Rules {
    fn fault(&mut self, path: &str, reason: impl Into<String>) {
        self.faults.push((path.to_owned(), reason.into()));
    }

    fn affordable(&mut self, path: &str, nodes: &[Node]) {
        let cost = cost(nodes);
        if cost > COST_MAX {
            self.fault(path, format!("up to {cost} steps in one use; {COST_MAX} are allowed"));
        }
    }
}

impl Visit<'_> for Rules {
    fn node(&mut self, path: &str, node: &Node) {
        match node {
            Node::Repeat(repeat) if repeat.times.bounds().max > TIMES_MAX => {
                self.fault(
                    path,
                    format!("may go round {} times; {TIMES_MAX} are allowed", repeat.times.bounds().max),
                );
            }
            Node::Choose(choose) if choose.options.len() < 2 => {
                self.fault(path, "a choice has two options or more");
            }
            Node::Check(check) if check.skills.is_empty() && check.ability.is_none() && !check.casting => {
                self.fault(path, "a check needs `skills`, an `ability` or `casting`");
            }
            Node::Remove(remove) if remove.effects.is_empty() && remove.tags.is_empty() => {
                self.fault(path, "names neither `effects` nor `tags` to remove");
            }
            Node::Save(save) if save.half.is_empty() && save.fail.is_empty() && save.success.is_empty() => {
                self.fault(path, "a save that changes nothing: give `half`, `fail` or `success`");
            }
            Node::Cast(cast) if cast.spell.is_none() && cast.one_of.is_empty() && cast.own.is_none() => {
                self.fault(path, "names no `spell`, neither `one_of` several nor the user's `own`");
            }
            Node::Script(name) if !SCRIPTS.contains(&name.as_str()) => {
                self.fault(path, format!("there is no script `{name}`"));
            }
            _ => {}
        }
    }

    fn effect(&mut self, path: &str, effect: &Effect) {
        for (index, modifier) in effect.modifiers.iter().enumerate() {
            use crate::language::Op;
            let needs_value = matches!(
                modifier.op,
                Op::Add
                    | Op::Set
                    | Op::AtLeast
                    | Op::AtMost
                    | Op::Multiply
                    | Op::Divide
                    | Op::Reroll
                    | Op::DieAtLeast
            );
            if needs_value && modifier.value.is_none() {
                self.fault(&format!("{path}.modifiers[{index}]"), "this `op` needs a `value`");
            }
        }
    }

    fn trigger(&mut self, path: &str, trigger: &Trigger) {
        self.affordable(path, &trigger.then);
    }

    fn action(&mut self, path: &str, action: &Action) {
        self.affordable(path, &action.then);
    }

    fn expr(&mut self, path: &str, expr: &Expr, dice: bool) {
        if !dice && expr.has_dice() {
            self.fault(path, format!("`{expr}` throws dice, which have no place here"));
        }
    }
}

fn asks_for_slot(nodes: &[Node]) -> bool {
    struct Slots(bool);
    impl Visit<'_> for Slots {
        fn expr(&mut self, _: &str, expr: &Expr, _: bool) {
            self.0 |=
                expr.quantities().any(|(_, quantity)| quantity == crate::language::expr::Quantity::Slot);
        }
    }
    let mut slots = Slots(false);
    crate::language::walk(&mut slots, "do", nodes);
    slots.0
}
