//! Attack rolls and what hits do.

use crate::language::expr::{AttackTrait, Expr, Luck};
use crate::language::{Attack, AttackKind, Event, Node, Path, RollKind};
use crate::vocabulary::{DamageType, Size, State};
use crate::{Ability, RollMode};

use super::{Context, Pending, Play};
use crate::combat::event::RollParts;
use crate::combat::{Handle, Happening, Outcome, Space, Wielded};

/// Everything about an attack that is known before it is rolled.
#[derive(Clone, Copy)]
pub(in crate::combat) struct Strike<'c> {
    pub(in crate::combat) traits: u64,
    pub(in crate::combat) bonus: i32,
    pub(in crate::combat) reach: u16,
    pub(in crate::combat) range: Option<(u16, u16)>,
    pub(in crate::combat) weapon: Option<Wielded<'c>>,
    /// What the ability adds to the damage of a weapon.
    pub(in crate::combat) damage_bonus: i32,
    /// The roll has advantage if this holds.
    pub(in crate::combat) advantage: Option<&'c Expr>,
    pub(in crate::combat) hit: &'c [Node],
    pub(in crate::combat) miss: &'c [Node],
    pub(in crate::combat) crit: &'c [Node],
}

/// How an attack stands against its target.
#[derive(Clone, Copy)]
pub(in crate::combat) struct Stance<'c> {
    pub(in crate::combat) tally: crate::combat::Tally<'c>,
    pub(in crate::combat) bonus: i32,
    pub(in crate::combat) armor_class: i32,
    pub(in crate::combat) critical_from: i32,
    /// A hit is a critical one.
    pub(in crate::combat) always_critical: bool,
}

/// Reads an attack step as the one who acts would make it.
#[inline]
pub(in crate::combat) fn strike_of<'c>(
    own: &crate::combat::Creature<'c>,
    limbs: Limbs,
    context: &Context<'c>,
    attack: &'c Attack,
    bonus: Option<i32>,
) -> Strike<'c> {
    use AttackTrait as With;
    let (mut traits, weapon) = match attack.kind {
        AttackKind::MeleeWeapon => (With::Melee.bit() | With::Weapon.bit(), None),
        AttackKind::RangedWeapon => (With::Ranged.bit() | With::Weapon.bit(), None),
        AttackKind::MeleeSpell => (With::Melee.bit() | With::Spell.bit() | With::Magical.bit(), None),
        AttackKind::RangedSpell => (With::Ranged.bit() | With::Spell.bit() | With::Magical.bit(), None),
        AttackKind::Wielded => {
            let weapon = own.weapons.first().copied().unwrap_or(own.fists);
            (weapon.traits, Some(weapon))
        }
        AttackKind::Unarmed => (own.fists.traits, Some(own.fists)),
    };
    traits |= AttackTrait::bits(&attack.with);
    if own.is(State::MagicWeapons) || own.is(State::MagicFists) && traits & With::Unarmed.bit() != 0 {
        traits |= With::Magical.bit();
    }
    if context.is_magic {
        traits |= With::Magical.bit();
    }
    let mut strike = Strike {
        traits,
        bonus: bonus.unwrap_or(i32::from(context.attack)),
        reach: attack.reach.unwrap_or(5).max(5),
        range: attack.range,
        weapon: None,
        damage_bonus: 0,
        advantage: attack.advantage.as_ref(),
        hit: &attack.hit,
        miss: &attack.miss,
        crit: &attack.crit,
    };
    if let Some(weapon) = weapon {
        wield(own, limbs, &mut strike, weapon, bonus);
    }
    strike
}

/// Modifiers of Strength and Dexterity, with all that changes the scores.
#[derive(Clone, Copy)]
pub(in crate::combat) struct Limbs {
    strength: i32,
    dexterity: i32,
}

/// Lets a weapon tell what an attack is like.
pub(in crate::combat) fn wield<'c>(
    own: &crate::combat::Creature<'c>,
    limbs: Limbs,
    strike: &mut Strike<'c>,
    weapon: Wielded<'c>,
    bonus: Option<i32>,
) {
    let traits = strike.traits;
    let has = |with: AttackTrait| traits & with.bit() != 0;
    let Limbs { strength, dexterity } = limbs;
    let by_dexterity = if has(AttackTrait::Finesse) || has(AttackTrait::Monk) && has(AttackTrait::Dexterity) {
        dexterity > strength
    } else {
        has(AttackTrait::Ranged)
    };
    let modifier = if by_dexterity { dexterity } else { strength };
    strike.traits |= if by_dexterity { AttackTrait::Dexterity.bit() } else { AttackTrait::Strength.bit() };
    let proficiency = if weapon.proficient { i32::from(own.sheet.proficiency) } else { 0 };
    strike.bonus = bonus.unwrap_or(modifier + proficiency + i32::from(weapon.bonus));
    strike.damage_bonus = modifier + i32::from(weapon.bonus) - i32::from(weapon.corroded);
    strike.reach = if has(AttackTrait::Reach) { 10 } else { 5 };
    strike.range = weapon.range;
    strike.weapon = Some(weapon);
}

/// The bare body as a weapon.
pub(in crate::combat) const fn unarmed<'c>() -> Wielded<'c> {
    Wielded {
        item: None,
        damage: None,
        two_handed: None,
        kind: DamageType::Bludgeoning,
        traits: AttackTrait::Melee.bit() | AttackTrait::Weapon.bit() | AttackTrait::Unarmed.bit(),
        range: None,
        bonus: 0,
        proficient: true,
        metal: false,
        corroded: 0,
    }
}

impl<'c> crate::combat::Arena<'c> {
    /// What a creature's arms and legs are good for now.
    pub(in crate::combat) fn limbs<S: Space>(&self, space: &S, context: &Context<'c>) -> Limbs {
        let who = context.own;
        let Some(own) = self.get(who) else { return Limbs { strength: 0, dexterity: 0 } };
        let scene = crate::combat::Scene::new(self, space, context);
        let now = |ability: Ability| {
            i32::from(own.sheet.modifier(ability)) + self.modifier_change(who, ability, &scene)
        };
        Limbs { strength: now(Ability::Strength), dexterity: now(Ability::Dexterity) }
    }

    /// Everything that counts for an attack before it is rolled: what [`Play`] throws for and what a forecast reckons with.
    pub(in crate::combat) fn stance<S: Space>(
        &self,
        space: &S,
        context: &mut Context<'c>,
        strike: &Strike<'c>,
    ) -> Stance<'c> {
        let (own, target) = (context.own, context.target);
        context.event.attack = strike.traits;
        context.event.weapon = strike.weapon.and_then(|weapon| weapon.item);
        context.event.ability = None;
        let (ours, theirs) = (self.get(own), self.get(target));
        // Some armour turns every critical hit into a plain one.
        let is_proof = theirs.is_some_and(|other| other.is(State::NoCriticals));
        let mut stance = Stance {
            tally: crate::combat::Tally::default(),
            bonus: strike.bonus,
            armor_class: 0,
            critical_from: 21,
            always_critical: false,
        };
        let tally = &mut stance.tally;
        let cover = space.cover(own, target);
        let is_looked_past = {
            let scene = crate::combat::Scene::new(self, space, context);
            self.tally_into(tally, own, Path::Attack.bit(), &scene, |path| path == Path::Attack);
            tally.advantages += u32::from(strike.advantage.is_some_and(|when| when.holds(&scene)));
            if !is_proof {
                stance.critical_from = self.changed(own, Path::CritFrom, 20, &scene).clamp(2, 20);
            }
            ours.is_some_and(|own| own.is(State::IgnoresCover))
                || cover == crate::Cover::Half && self.is_in(own, State::IgnoresHalfCover, &scene)
        };
        // The same moment as the target sees it.
        (context.own, context.target) = (target, own);
        {
            let scene = crate::combat::Scene::new(self, space, context);
            self.tally_into(tally, target, Path::Attacked.bit(), &scene, |path| path == Path::Attacked);
            stance.armor_class = self.armor_class(target, &scene);
        }
        (context.own, context.target) = (own, target);
        stance.armor_class += if is_looked_past { 0 } else { i32::from(cover.bonus()) };
        self.weigh_surroundings(space, (own, target), strike, tally);
        stance.bonus += tally.add;
        stance.always_critical = tally.critical && theirs.is_some() && !is_proof;
        stance
    }

    /// What distance, neighbours, sight and water do to an attack roll.
    fn weigh_surroundings<S: Space>(
        &self,
        space: &S,
        (own, target): (Handle, Handle),
        strike: &Strike<'c>,
        tally: &mut crate::combat::Tally<'c>,
    ) {
        let ours = self.get(own);
        let has = |with: AttackTrait| strike.traits & with.bit() != 0;
        let ranged = has(AttackTrait::Ranged);
        let distance = space.distance(own, target);
        let from_afar = ranged || distance > strike.reach;
        let is_far = from_afar && strike.range.is_some_and(|(normal, _)| distance > normal);
        if is_far && !ours.is_some_and(|own| own.is(State::NoRangedPenalty)) {
            tally.disadvantages += 1;
        }
        // What is too heavy for small hands, and a lance at close quarters.
        let unwieldy = has(AttackTrait::Heavy) && ours.is_some_and(|own| own.sheet.size <= Size::Small)
            || has(AttackTrait::Special) && has(AttackTrait::Reach) && distance <= 5;
        tally.disadvantages += u32::from(unwieldy);
        if ranged && self.is_crowded(space, own) {
            tally.disadvantages += 1;
        }
        let (blind, unseen) = (!self.sees(space, own, target), !self.sees(space, target, own));
        // Conditions such as invisible say it too; one advantage is as good as two.
        let fights_unseen = ours.is_some_and(|own| own.is(State::FightsUnseen));
        tally.disadvantages += u32::from(blind && !fights_unseen);
        tally.advantages += u32::from(unseen);
        // Somebody elusive: nothing gives an advantage against it.
        if tally.denied {
            tally.advantages = 0;
        }
        if ours.is_some_and(|own| own.is(State::Underwater)) && has(AttackTrait::Weapon) {
            let swims = ours.is_some_and(|own| own.sheet.speeds.swim > 0);
            tally.fails |= is_far;
            tally.disadvantages += u32::from(!has(AttackTrait::Aquatic) && (from_afar || !swims));
        }
    }

    /// Sides of the die of unarmed strikes, 0 without training.
    pub(in crate::combat) fn unarmed_sides<S: Space>(&self, space: &S, context: &Context<'c>) -> i32 {
        let path = Path::UnarmedDie;
        let scene = crate::combat::Scene::new(self, space, context);
        self.tally(context.own, path.bit(), &scene, |other| other == path).over(0)
    }

    /// A monk may roll its own die in place of a monk weapon's.
    pub(in crate::combat) fn fists_are_better<S: Space>(
        &self,
        space: &S,
        context: &Context<'c>,
        weapon: &Wielded<'c>,
        dice: &Expr,
    ) -> bool {
        let of_monk = AttackTrait::Monk.bit() | AttackTrait::Dexterity.bit();
        weapon.traits & of_monk == of_monk
            && dice.plain().is_some_and(|plain| i32::from(plain.sides) < self.unarmed_sides(space, context))
    }

    /// Whether an enemy that can act stands close enough to disturb a shot.
    fn is_crowded<S: Space>(&self, space: &S, own: Handle) -> bool {
        let Some(us) = self.get(own) else { return false };
        if us.is(State::NoRangedPenalty) {
            return false;
        }
        space.any_near(own, 5, &mut |other| {
            self.get(other).is_some_and(|creature| {
                creature.side != us.side && creature.is_up() && !creature.is(State::Incapacitated)
            })
        })
    }
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// An attack as a step tells.
    pub(super) fn attack(&mut self, context: &Context<'c>, attack: &'c Attack) {
        let bonus = attack.bonus.as_ref().map(|bonus| bonus.value(&self.scene(context)));
        let Some(own) = self.arena.get(context.own) else { return };
        let limbs = self.arena.limbs(self.space, context);
        let strike = strike_of(own, limbs, context, attack, bonus);
        self.strike(*context, &strike);
    }

    /// Rolls an attack, and what follows happens.
    pub(in crate::combat) fn strike(&mut self, mut context: Context<'c>, strike: &Strike<'c>) -> Outcome {
        let (own, target) = (context.own, context.target);
        if !self.is_alive(target) {
            return Outcome::Miss;
        }
        let mut pending = Pending::of(RollKind::Attack);
        // Who rolls to hit each target also rolls damage for each.
        context.shared = false;
        context.event.attack = strike.traits;
        context.event.weapon = strike.weapon.and_then(|weapon| weapon.item);
        let watched = self.arena.is_watched(Event::AllyAttacked);
        if watched || self.listens(Event::Attacks, own) || self.listens(Event::Attacked, target) {
            self.arena.scratch.pending.push(pending);
            self.fire(Event::Attacks, own, target, &context.event, context.depth);
            self.fire(Event::Attacked, target, own, &context.event, context.depth);
            if watched {
                self.fire_around(Event::AllyAttacked, target, context.event, context.depth, true);
            }
            pending = self.arena.scratch.pending.pop().unwrap_or(pending);
        }
        if pending.turned && context.depth < super::DEPTH_MAX {
            // It keeps its caster's strength.
            let back = Context { target: own, depth: context.depth + 1, ..context };
            self.strike(back, strike);
            return Outcome::Miss;
        }
        let stance = self.arena.stance(self.space, &mut context, strike);
        let mode = RollMode::combine(
            stance.tally.advantages + pending.advantages,
            stance.tally.disadvantages + pending.disadvantages,
        );
        let mut die = self.d20(mode, &stance.tally);
        if pending.reroll {
            die = self.d20(RollMode::Normal, &stance.tally);
        }
        let (dice, added_by) = self.tally_dice_by_source(&stance.tally, &context);
        let added = stance.bonus + dice;
        context.event.roll = i32::from(die);
        context.event.total = pending.over(i32::from(die) + added);
        context.event.attack |= match mode {
            RollMode::Advantage => AttackTrait::Advantage.bit(),
            RollMode::Disadvantage => AttackTrait::Disadvantage.bit(),
            RollMode::Normal => 0,
        };
        if die == 20 {
            context.event.attack |= AttackTrait::Natural20.bit();
        }
        let fails = pending.cancelled || pending.fails || stance.tally.fails;
        let mut hits = !fails && lands(die, context.event.total, stance.armor_class);
        hits |= pending.succeeds;
        if hits {
            hits = self.still_hits(&mut context, die, strike);
        }
        if !hits {
            let missed = Pending::of(RollKind::Attack);
            let after = self.answered(missed, Event::Misses, own, target, &context);
            hits = after.succeeds;
        }
        let critical =
            hits && (i32::from(die) >= stance.critical_from || stance.always_critical || pending.critical);
        let outcome = match (hits, critical) {
            (true, true) => Outcome::Critical,
            (true, false) => Outcome::Hit,
            (false, _) => Outcome::Miss,
        };
        let (bonus, against) = (context.event.total - i32::from(die), stance.armor_class);
        let roll = RollParts { die, mode, bonus, added: added_by, against };
        self.emit(Happening::Attacked { who: own, target, roll, outcome });
        self.use_up(own, Path::Attack.bit());
        self.use_up(target, Path::Attacked.bit());
        if hits {
            context.critical = critical;
            self.hit(&mut context, strike);
        } else {
            self.run(&context, strike.miss);
            self.fire(Event::IsMissed, target, own, &context.event, context.depth);
            if let Some(other) = self.arena.scratch.astray.take()
                && context.depth < super::DEPTH_MAX
            {
                self.strike(Context { target: other, depth: context.depth + 1, ..context }, strike);
            }
        }
        outcome
    }

    /// Lets the target answer to a hit, then looks again whether it is one.
    fn still_hits(&mut self, context: &mut Context<'c>, die: u8, strike: &Strike<'c>) -> bool {
        let (own, target) = (context.own, context.target);
        if !self.listens(Event::IsHit, target) {
            return true;
        }
        self.arena.scratch.pending.push(Pending::of(RollKind::Attack));
        self.fire(Event::IsHit, target, own, &context.event, context.depth);
        let pending = self.arena.scratch.pending.pop().unwrap_or(Pending::of(RollKind::Attack));
        context.event.total = pending.over(context.event.total);
        let armor_class = self.arena.stance(self.space, context, strike).armor_class;
        !pending.cancelled && !pending.fails && lands(die, context.event.total, armor_class)
    }

    /// A hit: the weapon's damage, that of the steps and that of whoever adds some land as one blow; then the rest.
    fn hit(&mut self, context: &mut Context<'c>, strike: &Strike<'c>) {
        let (own, target) = (context.own, context.target);
        context.event.attack |= AttackTrait::Hit.bit();
        if context.critical {
            context.event.attack |= AttackTrait::Critical.bit();
        }
        let outer = self.begin_blow();
        if let Some(weapon) = strike.weapon {
            self.gather_weapon(*context, &weapon, strike.damage_bonus);
        }
        let lead = strike.hit.iter().take_while(|node| matches!(node, Node::Damage(_))).count();
        for node in &strike.hit[..lead] {
            if let Node::Damage(damage) = node {
                self.gather(context, damage);
            }
        }
        if self.listens(Event::Hits, own) || context.critical && self.listens(Event::Crits, own) {
            let joined = EventJoin { facts: context.event, critical: context.critical, depth: context.depth };
            self.fire_joining(Event::Hits, own, target, joined);
            if context.critical {
                self.fire_joining(Event::Crits, own, target, joined);
            }
        }
        self.land(context);
        self.blow = outer;
        self.run(context, &strike.hit[lead..]);
        if context.critical {
            self.run(context, strike.crit);
            self.fire(Event::IsCrit, target, own, &context.event, context.depth);
        }
    }

    fn gather_weapon(&mut self, context: Context<'c>, weapon: &Wielded<'c>, bonus: i32) {
        let two_handed = weapon.two_handed.filter(|_| {
            self.arena.get(context.own).is_some_and(|own| own.weapons.len() < 2 && own.sheet.shield == 0)
        });
        let dice = two_handed.or(weapon.damage);
        let amount =
            match dice.filter(|dice| !self.arena.fists_are_better(self.space, &context, weapon, dice)) {
                Some(dice) => {
                    let rolled = self.amount(&context, dice, std::ptr::from_ref(dice).addr());
                    let more = if context.critical { self.critical_dice(context, dice) } else { 0 };
                    rolled + more + bonus
                }
                None => self.unarmed_damage(context) + bonus,
            };
        self.gather_plain(weapon.kind, amount.max(0), context.target);
    }

    /// More weapon dice in a critical hit, as half-orcs and barbarians have.
    fn critical_dice(&mut self, context: Context<'c>, dice: &'c Expr) -> i32 {
        let path = Path::CritDice;
        let more = {
            let scene = self.scene(&context);
            self.arena.tally(context.own, path.bit(), &scene, |other| other == path).over(0)
        };
        let sides = dice.plain().map_or(0, |plain| u32::from(plain.sides));
        (0..more.clamp(0, 10)).map(|_| if sides > 0 { self.luck.die(sides) as i32 } else { 0 }).sum()
    }

    /// One, or a die if training makes it more.
    fn unarmed_damage(&mut self, context: Context<'c>) -> i32 {
        let sides = self.arena.unarmed_sides(self.space, &context);
        let dice = if context.critical { 2 } else { 1 };
        if sides > 1 { (0..dice).map(|_| self.luck.die(sides as u32) as i32).sum() } else { 1 }
    }
}

/// What triggers that join a blow get to know.
#[derive(Clone, Copy)]
pub(super) struct EventJoin {
    pub(super) facts: super::EventFacts,
    pub(super) critical: bool,
    pub(super) depth: u8,
}

/// A 20 hits and a 1 misses, whatever else counts.
pub(in crate::combat) const fn lands(die: u8, total: i32, armor_class: i32) -> bool {
    match die {
        20.. => true,
        ..=1 => false,
        _ => total >= armor_class,
    }
}
