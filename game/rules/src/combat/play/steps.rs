//! Goes through steps and does each.

use crate::language::expr::Luck;
use crate::language::{Node, Path};
use crate::vocabulary::Size;

use super::{Context, Play};
use crate::combat::{Handle, Happening, Life, Space};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Does steps, one after the other, to the target of the context.
    pub(in crate::combat) fn run(&mut self, context: &Context<'c>, nodes: &'c [Node]) {
        for (index, node) in nodes.iter().enumerate() {
            if let Node::Damage(damage) = node {
                self.gather(context, damage);
                let goes_on = matches!(nodes.get(index + 1), Some(Node::Damage(_)));
                if !goes_on && !context.joins {
                    self.land(context);
                }
            } else {
                self.step(context, node);
            }
        }
    }

    fn step(&mut self, context: &Context<'c>, node: &'c Node) {
        match node {
            Node::Attack(attack) => self.attack(context, attack),
            Node::Save(save) => self.save(*context, save),
            Node::Check(check) => self.check(*context, check),
            Node::Contest(contest) => self.contest(*context, contest),
            Node::Damage(_) => {}
            Node::Heal(heal) => {
                let who = context.role(heal.to);
                let amount = self.healing(*context, heal, who);
                self.heal(*context, who, amount);
            }
            Node::TempHp(temp) => {
                let amount = self.amount(context, &temp.amount, std::ptr::from_ref(temp).addr());
                self.shield(context.role(temp.to), amount);
            }
            Node::Apply(apply) => {
                if self.holds(*context, apply.when.as_ref()) {
                    let who = context.role(apply.to);
                    self.apply(*context, who, &apply.effect);
                }
            }
            Node::Remove(remove) => self.remove(*context, remove),
            Node::Area(area) => self.area(*context, area),
            Node::Select(select) => self.select(*context, select),
            Node::Repeat(repeat) => self.repeat(*context, repeat),
            Node::If(either) => {
                let holds = self.holds(*context, Some(&either.when));
                self.run(context, if holds { &either.then } else { &either.otherwise });
            }
            Node::Choose(choose) => self.choose(*context, choose),
            Node::Move(moved) => self.move_by(*context, moved),
            Node::Summon(summon) => self.summon(*context, summon),
            Node::Transform(transform) => self.transform(*context, transform),
            _ => self.lesser_step(*context, node),
        }
    }

    fn lesser_step(&mut self, context: Context<'c>, node: &'c Node) {
        match node {
            Node::Resource(spend) => self.spend_step(context, spend),
            Node::Use(id) => {
                if let Some(action) = self.arena.find_action(context.own, *id)
                    && self.pay_uses(&context, action).is_ok()
                {
                    self.run_action(context, action);
                }
            }
            Node::Cast(cast) => self.cast_step(context, cast),
            Node::Adjust(adjust) => self.adjust(context, adjust),
            Node::Cancel => {
                if let Some(pending) = self.arena.scratch.pending.last_mut() {
                    pending.cancelled = true;
                }
            }
            Node::Dispel(dispel) => self.dispel(context, dispel),
            Node::Zone(zone) => self.make_zone(context, zone),
            Node::Wall(wall) => self.make_wall(context, wall),
            Node::Light(light) => {
                let (bright, dim, dark) = (light.bright, light.dim, light.dark);
                self.emit(Happening::Lit { who: context.target, bright, dim, dark });
            }
            Node::Reveal(reveal) => {
                let feet = reveal.within.as_ref().map_or(0, |within| self.value(context, within));
                for what in &reveal.what {
                    let feet = feet.clamp(0, i32::from(u16::MAX)) as u16;
                    self.emit(Happening::Revealed { who: context.target, what: *what, feet });
                }
            }
            Node::Grant(grant) => self.grant(context, grant),
            Node::End => {
                if let Some(key) = context.effect {
                    self.conclude(key);
                }
            }
            Node::EndSpell => self.end_concentration(context.source),
            Node::Kill => self.kill(context.target, context.own),
            Node::Revive(heal) => {
                let amount = self.roll(context, &heal.amount);
                self.revive(context.target, amount);
            }
            Node::Stabilise => self.stabilise(context.target),
            Node::Change(fact) => self.change(context, fact),
            Node::Narrative(text) => self.emit(Happening::Narrated { who: context.own, text }),
            Node::Script(name) => self.script(context, name),
            _ => {}
        }
    }

    /// Whether a creature is still there and not dead.
    pub(super) fn is_alive(&self, who: Handle) -> bool {
        self.arena.get(who).is_some_and(|creature| creature.life != Life::Dead)
    }

    /// A creature's size with what changes it.
    pub(super) fn size(&self, who: Handle) -> Size {
        let Some(creature) = self.arena.get(who) else { return Size::Medium };
        if creature.mask & Path::Size.bit() == 0 {
            return creature.sheet.size;
        }
        let context = Context::of(who, super::harm::unnamed());
        creature.sheet.size.grown(self.arena.changed(who, Path::Size, 0, &self.scene(&context)))
    }
}
