//! A walk over everything in a piece of content, for checks and counts.

use std::marker::PhantomData;

use super::{
    Action, Aura, Effect, Node, Trigger,
    expr::Expr,
    step::{SummonPick, Who},
};
use crate::Id;

/// What a walk meets. Each method gets the path to where it stands, such as `do[0].save.fail[1].apply`.
pub trait Visit<'c> {
    /// A step, before what is in it.
    fn node(&mut self, _path: &str, _node: &'c Node) {}
    /// An effect, before what is in it.
    fn effect(&mut self, _path: &str, _effect: &'c Effect) {}
    /// A trigger, before what is in it.
    fn trigger(&mut self, _path: &str, _trigger: &'c Trigger) {}
    /// An action, before what is in it.
    fn action(&mut self, _path: &str, _action: &'c Action) {}
    /// An aura, before what is in it.
    fn aura(&mut self, _path: &str, _aura: &'c Aura) {}
    /// A number or question; dice have a place in it if `dice`.
    fn expr(&mut self, _path: &str, _expr: &'c Expr, _dice: bool) {}
    /// A name of other content: its kind and its id.
    fn reference(&mut self, _path: &str, _kind: Refers, _id: Id) {}
}

/// What a name of other content is expected to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refers {
    /// A condition.
    Condition,
    /// A monster.
    Monster,
    /// A spell.
    Spell,
    /// An item.
    Item,
    /// An action of the same creature or effect.
    Action,
    /// A store of the creature.
    Resource,
}

/// A place in content: the path to it, and the visitor that is shown it.
pub struct Walk<'v, 'c, V> {
    visitor: &'v mut V,
    path: String,
    content: PhantomData<&'c ()>,
}

/// Walks over a list of steps at `path`.
pub fn walk<'c, V: Visit<'c>>(visitor: &mut V, path: &str, nodes: &'c [Node]) {
    Walk::at(visitor, path).nodes("", nodes);
}

impl<'v, 'c, V: Visit<'c>> Walk<'v, 'c, V> {
    /// A walk that begins at a path.
    pub fn at(visitor: &'v mut V, path: &str) -> Self {
        Self { visitor, path: path.to_owned(), content: PhantomData }
    }

    fn inside(&mut self, part: &str, go: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if !part.is_empty() {
            if !self.path.is_empty() && !part.starts_with('[') {
                self.path.push('.');
            }
            self.path.push_str(part);
        }
        go(self);
        self.path.truncate(length);
    }

    fn each<T>(&mut self, part: &str, list: &'c [T], mut go: impl FnMut(&mut Self, &'c T)) {
        for (index, item) in list.iter().enumerate() {
            self.inside(&format!("{part}[{index}]"), |walk| go(walk, item));
        }
    }

    /// A number without dice, or a question.
    fn plain(&mut self, part: &str, expr: Option<&'c Expr>) {
        if let Some(expr) = expr {
            self.inside(part, |walk| walk.visitor.expr(&walk.path, expr, false));
        }
    }

    fn rolled(&mut self, part: &str, expr: Option<&'c Expr>) {
        if let Some(expr) = expr {
            self.inside(part, |walk| walk.visitor.expr(&walk.path, expr, true));
        }
    }

    fn refer(&mut self, part: &str, kind: Refers, id: Id) {
        self.inside(part, |walk| walk.visitor.reference(&walk.path, kind, id));
    }

    /// A list of steps.
    pub fn nodes(&mut self, part: &str, nodes: &'c [Node]) {
        self.each(part, nodes, Self::node);
    }

    /// An effect and all in it.
    pub fn effect(&mut self, part: &str, effect: &'c Effect) {
        self.inside(part, |walk| {
            walk.visitor.effect(&walk.path, effect);
            for id in &effect.conditions {
                walk.refer("conditions", Refers::Condition, *id);
            }
            for id in &effect.spells {
                walk.refer("spells", Refers::Spell, *id);
            }
            walk.each("modifiers", &effect.modifiers, |walk, modifier| {
                walk.rolled("value", modifier.value.as_ref());
                walk.plain("when", modifier.when.as_ref());
            });
            walk.each("triggers", &effect.triggers, Self::trigger);
            walk.each("actions", &effect.actions, Self::action);
            walk.each("resources", &effect.resources, |walk, resource| {
                walk.plain("max", Some(&resource.max));
                walk.plain("start", resource.start.as_ref());
                walk.rolled("regain", resource.regain.as_ref());
            });
            if let Some(aura) = &effect.aura {
                walk.inside("aura", |walk| walk.aura(aura));
            }
            walk.plain("save_ends.dc", effect.save_ends.as_ref().and_then(|save| save.dc.as_ref()));
            walk.plain("save_ends.when", effect.save_ends.as_ref().and_then(|save| save.when.as_ref()));
            walk.rolled("escape.dc", effect.escape.as_ref().and_then(|escape| escape.dc.as_ref()));
            if let Some(escape) = &effect.escape {
                walk.nodes("escape.toll", &escape.toll);
            }
            walk.plain("ends_when", effect.ends_when.as_ref());
        });
    }

    fn aura(&mut self, aura: &'c Aura) {
        self.visitor.aura(&self.path, aura);
        self.plain("feet", Some(&aura.feet));
        self.plain("when", aura.when.as_ref());
        self.effect("gives", &aura.gives);
    }

    /// A trigger and all in it.
    pub(crate) fn trigger(&mut self, trigger: &'c Trigger) {
        self.visitor.trigger(&self.path, trigger);
        self.plain("when", trigger.when.as_ref());
        self.nodes("do", &trigger.then);
    }

    /// An action and all in it.
    pub fn action(&mut self, action: &'c Action) {
        self.visitor.action(&self.path, action);
        self.plain("when", action.when.as_ref());
        match &action.uses {
            Some(super::Uses::Times(limit)) => self.plain("uses.times.max", Some(&limit.max)),
            Some(super::Uses::Resource { id, amount }) => {
                self.refer("uses.resource.id", Refers::Resource, *id);
                self.plain("uses.resource.amount", amount.as_ref());
            }
            Some(super::Uses::Charges(amount)) => self.plain("uses.charges", Some(amount)),
            Some(super::Uses::Recharge(_)) | None => {}
        }
        self.target("target", &action.target);
        self.nodes("do", &action.then);
    }

    /// A list of actions.
    pub fn actions(&mut self, part: &str, actions: &'c [Action]) {
        self.each(part, actions, Self::action);
    }

    /// Whom something is pointed at.
    pub fn target(&mut self, part: &str, target: &'c super::Target) {
        if let super::Target::Creatures(targeting) = target {
            self.inside(part, |walk| {
                walk.plain("creatures.count", targeting.count.as_ref());
                walk.plain("creatures.when", targeting.when.as_ref());
            });
        }
    }

    fn pick(&mut self, pick: &'c SummonPick) {
        match pick {
            SummonPick::Monster(id) => self.refer("monster", Refers::Monster, *id),
            SummonPick::OneOf(ids) => {
                self.each("one_of", ids, |walk, id| walk.refer("", Refers::Monster, *id));
            }
            SummonPick::Target => {}
            SummonPick::Any(kinds) => self.plain("any.challenge_eighths", Some(&kinds.challenge_eighths)),
        }
    }

    fn node(&mut self, node: &'c Node) {
        self.visitor.node(&self.path, node);
        match node {
            Node::Attack(attack) => self.inside("attack", |walk| {
                walk.plain("bonus", attack.bonus.as_ref());
                walk.plain("advantage", attack.advantage.as_ref());
                walk.nodes("hit", &attack.hit);
                walk.nodes("miss", &attack.miss);
                walk.nodes("crit", &attack.crit);
            }),
            Node::Save(save) => self.inside("save", |walk| {
                walk.plain("dc", save.dc.as_ref());
                for question in [&save.advantage, &save.disadvantage, &save.auto_fail, &save.auto_success] {
                    walk.plain("", question.as_ref());
                }
                walk.nodes("half", &save.half);
                walk.nodes("fail", &save.fail);
                walk.nodes("success", &save.success);
            }),
            Node::Check(check) => self.inside("check", |walk| {
                walk.rolled("dc", Some(&check.dc));
                walk.nodes("success", &check.success);
                walk.nodes("fail", &check.fail);
            }),
            Node::Contest(contest) => self.inside("contest", |walk| {
                walk.nodes("win", &contest.win);
                walk.nodes("lose", &contest.lose);
            }),
            Node::Damage(damage) => self.inside("damage", |walk| {
                walk.rolled("amount", Some(&damage.amount));
                walk.plain("when", damage.when.as_ref());
            }),
            Node::Heal(heal) | Node::Revive(heal) => self.rolled("heal.amount", Some(&heal.amount)),
            Node::TempHp(temp) => self.rolled("temp_hp.amount", Some(&temp.amount)),
            Node::Apply(apply) => self.inside("apply", |walk| {
                walk.plain("when", apply.when.as_ref());
                walk.effect("effect", &apply.effect);
            }),
            Node::Area(area) => self.inside("area", |walk| {
                walk.plain("when", area.when.as_ref());
                walk.plain("count", area.count.as_ref());
                walk.rolled("hp_pool", area.hp_pool.as_ref());
                walk.nodes("do", &area.then);
            }),
            Node::Select(select) => self.inside("select", |walk| {
                walk.plain("count", select.count.as_ref());
                walk.plain("when", select.when.as_ref());
                walk.plain("within", Some(&select.within));
                walk.rolled("hp_pool", select.hp_pool.as_ref());
                walk.nodes("do", &select.then);
            }),
            Node::Repeat(repeat) => self.inside("repeat", |walk| {
                walk.rolled("times", Some(&repeat.times));
                walk.plain("while", repeat.as_long.as_ref());
                walk.nodes("do", &repeat.then);
            }),
            Node::If(either) => self.inside("if", |walk| {
                walk.plain("when", Some(&either.when));
                walk.nodes("then", &either.then);
                walk.nodes("else", &either.otherwise);
            }),
            Node::Choose(choose) => self.each("choose.options", &choose.options, |walk, option| {
                walk.plain("when", option.when.as_ref());
                walk.nodes("do", &option.then);
            }),
            _ => self.lesser_node(node),
        }
    }

    /// Steps that hold no lists of steps, or only those of lasting things.
    fn lesser_node(&mut self, node: &'c Node) {
        match node {
            Node::Move(moved) => self.rolled("move.feet", moved.feet.as_ref()),
            Node::Summon(summon) => self.inside("summon", |walk| {
                walk.pick(&summon.what);
                walk.rolled("count", summon.count.as_ref());
                if let Some(effect) = &summon.gives {
                    walk.effect("gives", effect);
                }
            }),
            Node::Transform(transform) => self.inside("transform", |walk| {
                walk.pick(&transform.into);
                if let Some(effect) = &transform.gives {
                    walk.effect("gives", effect);
                }
            }),
            Node::Resource(spend) => self.inside("resource", |walk| {
                walk.refer("id", Refers::Resource, spend.id);
                walk.rolled("change", Some(&spend.change));
                walk.plain("level", spend.level.as_ref());
            }),
            Node::Use(id) => self.refer("use", Refers::Action, *id),
            Node::Cast(cast) => self.inside("cast", |walk| {
                for id in cast.spell.iter().chain(&cast.one_of) {
                    walk.refer("spell", Refers::Spell, *id);
                }
                walk.plain("level", cast.level.as_ref());
                walk.plain("dc", cast.dc.as_ref());
                walk.plain("attack", cast.attack.as_ref());
            }),
            Node::Adjust(adjust) => self.rolled("adjust.value", adjust.value.as_ref()),
            Node::Dispel(dispel) => self.plain("dispel.level", Some(&dispel.level)),
            Node::Zone(zone) => self.inside("zone", |walk| {
                walk.plain("when", zone.when.as_ref());
                walk.effect("gives", &zone.gives);
                walk.plain("breaks.hp", zone.breaks.as_ref().map(|bond| &bond.hp));
                walk.plain("moves.feet", zone.moves.as_ref().map(|moves| &moves.feet));
                walk.each("actions", &zone.actions, Self::action);
                walk.nodes("do", &zone.at_once);
            }),
            Node::Wall(wall) => self.inside("wall", |walk| {
                walk.plain("length", Some(&wall.length));
                walk.plain("height", Some(&wall.height));
                walk.each("layers", &wall.layers, |walk, layer| {
                    layer.spells.iter().for_each(|spell| walk.refer("spells", Refers::Spell, *spell));
                });
                walk.effect("gives", &wall.gives);
                walk.nodes("do", &wall.at_once);
            }),
            Node::Reveal(reveal) => self.plain("reveal.within", reveal.within.as_ref()),
            Node::Grant(grant) => {
                if let Some(item) = grant.item {
                    self.refer("grant.item", Refers::Item, item);
                }
                self.rolled("grant.count", grant.count.as_ref());
            }
            Node::Change(fact) => self.rolled("change.by", Some(&fact.by)),
            _ => {}
        }
    }
}

impl Who {
    /// The word for it in expressions.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Own => "self",
            Self::Source => "source",
        }
    }
}
