//! What expressions are asked about: who acts, on whom, by what, in which event.

use crate::language::expr::{AttackTrait, Facts, Quality, Quantity, Question, Role};
use crate::vocabulary::{Light, State};

use super::{AddedDice, Arena, EffectKey, Handle, Life, Space, play::Context};

/// Everything that an expression can ask about, at one moment.
pub struct Scene<'a, 'c, S> {
    /// The creatures.
    pub arena: &'a Arena<'c>,
    /// Where they are.
    pub space: &'a S,
    /// What goes on.
    pub context: &'a Context<'c>,
    depth: u8,
}

impl<'a, 'c, S: Space> Scene<'a, 'c, S> {
    /// A moment.
    pub const fn new(arena: &'a Arena<'c>, space: &'a S, context: &'a Context<'c>) -> Self {
        Self { arena, space, context, depth: 0 }
    }

    /// Numbers that depend on modifiers that ask for numbers must end somewhere.
    pub(super) const fn is_deep(&self) -> bool {
        self.depth > 3
    }

    /// What an effect on somebody knows of this moment: `self` is its bearer, `target` the other one.
    pub(super) fn known_to(&self, bearer: Handle, key: EffectKey) -> Context<'c> {
        let Some(lasting) = self.arena.effect(key) else { return *self.context };
        Context {
            event: self.context.event,
            own: bearer,
            target: if self.context.own == bearer { self.context.target } else { self.context.own },
            source: lasting.source,
            effect: Some(key),
            ..lasting.context
        }
    }

    /// What dice that were added to a roll of somebody's are reckoned with.
    pub(super) fn known_for(&self, who: Handle, added: &AddedDice<'c>) -> Context<'c> {
        added.effect.map_or(*self.context, |key| self.known_to(who, key))
    }

    /// The same moment, as somebody else knows it.
    pub(super) const fn seen_as<'b>(&self, context: &'b Context<'c>) -> Scene<'b, 'c, S>
    where
        'a: 'b,
    {
        Scene { arena: self.arena, space: self.space, context, depth: self.depth + 1 }
    }

    const fn deeper(&self) -> Self {
        Self { arena: self.arena, space: self.space, context: self.context, depth: self.depth + 1 }
    }

    pub(super) fn who(&self, role: Role) -> Handle {
        match role {
            Role::Own => self.context.own,
            Role::Target => self.context.target,
            Role::Source => self.context.source,
        }
    }

    fn such(&self, role: Role, quality: Quality) -> bool {
        let who = self.who(role);
        // A question about ourselves that needs another means the target.
        let us = if role == Role::Own { self.context.target } else { self.context.own };
        let (Some(creature), Some(ours)) = (self.arena.get(who), self.arena.get(us)) else { return false };
        match quality {
            Quality::Ally => creature.side == ours.side,
            Quality::Enemy => creature.side != ours.side,
            Quality::Anyone => true,
            Quality::Willing => creature.side == ours.side || creature.is(State::Unconscious),
            Quality::Visible => self.arena.sees(self.space, us, who),
            Quality::SeesUs => self.arena.sees(self.space, who, us),
            Quality::Bloodied => creature.hp * 2 <= self.arena.hp_max(who, &self.deeper()),
            Quality::Unhurt => creature.hp >= self.arena.hp_max(who, &self.deeper()),
            Quality::Dying => matches!(creature.life, Life::Dying(_)),
            Quality::Alive => creature.life != Life::Dead,
            Quality::Concentrating => creature.concentration.is_some(),
            Quality::Armored => creature.sheet.armor.is_some(),
            Quality::LightArmor => creature.sheet.armor == Some(crate::content::ArmorKind::Light),
            Quality::MediumArmor => creature.sheet.armor == Some(crate::content::ArmorKind::Medium),
            Quality::HeavyArmor => creature.sheet.armor == Some(crate::content::ArmorKind::Heavy),
            Quality::Shielded => creature.sheet.shield > 0,
            Quality::MagicArmor => creature.sheet.suit.is_some_and(|suit| suit.magic),
            Quality::MetalArmor => creature.sheet.suit.is_some_and(|suit| suit.metal),
            Quality::FreeHand => {
                creature.weapons.len() < 2 && creature.sheet.shield == 0 && !creature.is(State::NoHands)
            }
            Quality::Bright => self.space.light(who) == Light::Bright,
            Quality::Dim => self.space.light(who) == Light::Dim,
            Quality::Dark => self.space.light(who) == Light::Dark,
            Quality::Sunlit => self.space.is_sunlit(who),
            Quality::Obscured => self.space.light(who) == Light::Dark,
            Quality::OnGround => !creature.is(State::Flying) && !creature.is(State::Hovering),
            Quality::InWater => creature.is(State::Underwater),
            Quality::Summoned => creature.summoned_by.is_some(),
            Quality::Shapechanged => !creature.forms.is_empty(),
            Quality::Shapechanger => creature.sheet.tags.iter().any(|tag| tag.as_str() == "shapechanger"),
            Quality::HasActed => creature.turns > 0,
            Quality::Understands | Quality::Hears => !creature.is(State::NoHearing),
            Quality::Metal => creature.sheet.tags.iter().any(|tag| tag.as_str() == "metal"),
            Quality::Corporeal => !creature.is(State::Incorporeal) && !creature.is(State::Ethereal),
            Quality::Spellcaster => creature.sheet.casting.is_some(),
            Quality::TheSource => who == self.context.source,
            Quality::OwnTurn => self.context.event.turn_of == Some(who),
            Quality::FirstTurn => creature.turns <= 1,
            Quality::OneSelf => who == us,
            // What a sheet adds to a skill beyond the ability is training.
            Quality::ProficientCheck => {
                self.context.event.skill.is_some_and(|skill| {
                    creature.sheet.skill(skill) > creature.sheet.modifier(skill.ability())
                })
            }
        }
    }

    fn near(&self, quality: Quality, role: Role, feet: u16) -> bool {
        let (around, us) = (self.who(role), self.context.own);
        let Some(ours) = self.arena.get(us) else { return false };
        self.space.any_near(around, feet, &mut |other| {
            self.arena.get(other).is_some_and(|creature| {
                let fits = match quality {
                    Quality::Ally => creature.side == ours.side,
                    Quality::Enemy => creature.side != ours.side,
                    _ => true,
                };
                other != us && fits && creature.is_up() && !creature.is(State::Incapacitated)
            })
        })
    }
}

impl<S: Space> Facts for Scene<'_, '_, S> {
    fn quantity(&self, role: Role, quantity: Quantity) -> i32 {
        let context = self.context;
        match quantity {
            Quantity::Slot => return i32::from(context.slot),
            Quantity::SpellLevel => return i32::from(context.spell_level),
            Quantity::ClassLevel => return i32::from(context.class_level),
            Quantity::Amount => return context.event.amount,
            Quantity::Roll => return context.event.roll,
            Quantity::Total => return context.event.total,
            Quantity::CastLevel => return i32::from(context.event.cast_level),
            Quantity::Index => return i32::from(context.index),
            Quantity::Count => return i32::from(context.count),
            Quantity::Distance => return i32::from(self.space.distance(context.own, context.target)),
            Quantity::Dc if role == Role::Own => return i32::from(context.dc),
            Quantity::SpellAttack if role == Role::Own => return i32::from(context.attack),
            Quantity::CastingModifier if role == Role::Own => return i32::from(context.casting),
            Quantity::Stacks | Quantity::Rounds => {
                let lasting = context.effect.and_then(|key| self.arena.effect(key));
                return lasting.map_or(0, |lasting| {
                    if quantity == Quantity::Stacks {
                        i32::from(lasting.stacks)
                    } else {
                        lasting.rounds as i32
                    }
                });
            }
            _ => {}
        }
        let who = self.who(role);
        let Some(creature) = self.arena.get(who) else { return 0 };
        let sheet = &creature.sheet;
        match quantity {
            Quantity::Level => i32::from(sheet.level),
            Quantity::LevelIn(class) => i32::from(creature.level_in(class)),
            Quantity::ProficiencyBonus => i32::from(sheet.proficiency),
            Quantity::Challenge => i32::from(sheet.challenge_eighths / 8),
            Quantity::OwnScore(ability) => i32::from(sheet.scores[ability]),
            Quantity::Score(ability) => self.arena.score(who, ability, &self.deeper()),
            Quantity::Modifier(ability) => {
                (self.arena.score(who, ability, &self.deeper()) - 10).div_euclid(2)
            }
            Quantity::CastingModifier => {
                sheet.casting.map_or(0, |ability| i32::from(sheet.modifier(ability)))
            }
            Quantity::SaveBonus(ability) => i32::from(sheet.saves[ability as usize]),
            Quantity::SkillBonus(skill) => i32::from(sheet.skill(skill)),
            Quantity::Dc => i32::from(sheet.dc),
            Quantity::SpellAttack => i32::from(sheet.spell_attack),
            Quantity::ArmorClass => self.arena.armor_class(who, &self.deeper()),
            Quantity::Hp => creature.hp,
            Quantity::HpMax => self.arena.hp_max(who, &self.deeper()),
            Quantity::TempHp => creature.temp_hp,
            Quantity::HitDice => i32::from(creature.hit_dice),
            Quantity::Speed => {
                i32::from(self.arena.speed(who, crate::vocabulary::Movement::Walk, &self.deeper()))
            }
            Quantity::Size => sheet.size as i32,
            Quantity::Exhaustion => i32::from(creature.exhaustion),
            Quantity::Resource(id) => creature.stock(id),
            Quantity::DeadRounds => i32::try_from(creature.dead_rounds).unwrap_or(i32::MAX),
            Quantity::Moved => i32::from(creature.economy.moved),
            Quantity::Walk => i32::from(sheet.speeds.walk),
            Quantity::Hurt => creature.toll.hurt_in(self.arena.turn),
            Quantity::Dealt => creature.toll.dealt_in(self.arena.turn, context.source),
            _ => 0,
        }
    }

    fn holds(&self, question: Question) -> bool {
        let event = &self.context.event;
        let creature = |role| self.arena.get(self.who(role));
        match question {
            Question::In(role, state) => self.arena.is_in(self.who(role), state, &self.deeper()),
            Question::Of(role, kind) => creature(role).is_some_and(|creature| creature.sheet.kind == kind),
            Question::Such(role, quality) => self.such(role, quality),
            Question::Under(role, id) => creature(role).is_some_and(|creature| {
                creature.conditions.contains(&id)
                    || creature
                        .effects
                        .iter()
                        .any(|key| self.arena.effect(*key).is_some_and(|lasting| lasting.id == id))
            }),
            Question::Tagged(role, tag) => creature(role).is_some_and(|creature| {
                creature.sheet.tags.contains(&tag)
                    || creature.effects.iter().any(|key| {
                        self.arena.effect(*key).is_some_and(|lasting| lasting.effect.tags.contains(&tag))
                    })
            }),
            Question::Attack(AttackTrait::ThisItem) => event.weapon == Some(self.context.cause),
            Question::Attack(with) => event.attack & with.bit() != 0,
            Question::Damage(kind) => event.damage & kind.bit() != 0,
            Question::Uses(ability) => {
                event.ability == Some(ability)
                    || event.attack & AttackTrait::Strength.bit() != 0 && ability == crate::Ability::Strength
            }
            Question::UsesSkill(skill) => event.skill == Some(skill),
            Question::Against(id) => event.is_against(id),
            Question::School(school) => event.school == Some(school),
            Question::Spell(id) => event.spell == Some(id),
            Question::Near(quality, role, feet) => self.near(quality, role, feet),
        }
    }
}
