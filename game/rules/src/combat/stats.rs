//! Numbers of creatures with all that lies on them.

use crate::language::Path;
use crate::vocabulary::{DamageType, Movement, Sense, Skill, State};
use crate::{Ability, Defense};

use super::{Arena, Context, Handle, Life, Scene, Space, tally::Tally};

impl<'c> Arena<'c> {
    /// A number with all that changes it, dice left out.
    pub(super) fn changed<S: Space>(
        &self,
        who: Handle,
        path: Path,
        base: i32,
        scene: &Scene<'_, 'c, S>,
    ) -> i32 {
        match self.get(who) {
            // Most numbers of most creatures are what their sheets say.
            Some(creature) if creature.mask & path.bit() != 0 => {
                self.tally(who, path.bit(), scene, |other| other == path).over(base)
            }
            _ => base,
        }
    }

    /// An ability score.
    pub fn score<S: Space>(&self, who: Handle, ability: Ability, scene: &Scene<'_, 'c, S>) -> i32 {
        let Some(creature) = self.get(who) else { return 10 };
        let base = i32::from(creature.sheet.scores[ability]);
        self.changed(who, Path::Score(ability), base, scene).clamp(0, 30)
    }

    /// What a changed score adds to what the sheet has reckoned with.
    pub(super) fn modifier_change<S: Space>(
        &self,
        who: Handle,
        ability: Ability,
        scene: &Scene<'_, 'c, S>,
    ) -> i32 {
        let Some(creature) = self.get(who) else { return 0 };
        if creature.mask & Path::Score(ability).bit() == 0 {
            return 0;
        }
        (self.score(who, ability, scene) - 10).div_euclid(2) - i32::from(creature.sheet.modifier(ability))
    }

    /// Armour class, cover left out.
    pub fn armor_class<S: Space>(&self, who: Handle, scene: &Scene<'_, 'c, S>) -> i32 {
        let Some(creature) = self.get(who) else { return 10 };
        let own = creature.sheet.ac + self.agility_change(who, scene);
        let kinds = Path::Ac.bit() | Path::AcBase.bit();
        if creature.mask & kinds == 0 {
            return own + creature.sheet.shield;
        }
        let base = self.tally(who, kinds, scene, |path| path == Path::AcBase);
        let base = [base.set, base.at_least].into_iter().flatten().fold(own, i32::max);
        self.tally(who, kinds, scene, |path| path == Path::Ac).over(base + creature.sheet.shield)
    }

    /// What a changed Dexterity adds to the armour class of a sheet, as far as its armour lets it.
    fn agility_change<S: Space>(&self, who: Handle, scene: &Scene<'_, 'c, S>) -> i32 {
        use crate::content::ArmorKind;
        let change = self.modifier_change(who, Ability::Dexterity, scene);
        let Some(creature) = self.get(who).filter(|_| change != 0) else { return 0 };
        let before = i32::from(creature.sheet.modifier(Ability::Dexterity));
        match creature.sheet.armor {
            Some(ArmorKind::Heavy) => 0,
            Some(ArmorKind::Medium) => (before + change).min(2) - before.min(2),
            Some(ArmorKind::Light | ArmorKind::Shield) | None => change,
        }
    }

    /// Most hit points.
    pub fn hp_max<S: Space>(&self, who: Handle, scene: &Scene<'_, 'c, S>) -> i32 {
        let Some(creature) = self.get(who) else { return 0 };
        // A point more of the Constitution modifier is a hit point more for each hit die.
        let hardier = self.modifier_change(who, Ability::Constitution, scene);
        let base = creature.sheet.hp_max + hardier * i32::from(creature.sheet.hit_dice) - creature.hp_drained;
        self.changed(who, Path::HpMax, base, scene).max(0)
    }

    /// A speed in feet.
    pub fn speed<S: Space>(&self, who: Handle, movement: Movement, scene: &Scene<'_, 'c, S>) -> u16 {
        let Some(creature) = self.get(who) else { return 0 };
        let base = i32::from(creature.sheet.speeds.of(movement));
        if creature.is(State::NoMovement) || !creature.is_up() {
            return 0;
        }
        let tally = self.tally(
            who,
            Path::Speed(None).bit(),
            scene,
            |path| matches!(path, Path::Speed(which) if which.is_none_or(|which| which == movement)),
        );
        // A bonus to every speed gives none where there is none.
        if base == 0 && tally.set.is_none() && tally.at_least.is_none() {
            return 0;
        }
        tally.over(base).clamp(0, i32::from(u16::MAX)) as u16
    }

    /// Range of a sense in feet.
    pub fn sense<S: Space>(&self, who: Handle, sense: Sense, scene: &Scene<'_, 'c, S>) -> u16 {
        let Some(creature) = self.get(who) else { return 0 };
        let path = Path::Sense(sense);
        let tally = self.tally(who, path.bit(), scene, |other| other == path);
        tally.over(i32::from(creature.sheet.sense(sense))).clamp(0, i32::from(u16::MAX)) as u16
    }

    /// Whether a creature is in a state, those that depend on the situation included.
    pub fn is_in<S: Space>(&self, who: Handle, state: State, scene: &Scene<'_, 'c, S>) -> bool {
        let Some(creature) = self.get(who) else { return false };
        match state {
            State::Dead => return creature.life == Life::Dead,
            State::Stable => return creature.life == Life::Stable,
            State::Unconscious if !creature.is_up() => return true,
            _ => {}
        }
        creature.is(state)
            || self.tally(who, Path::State(state).bit(), scene, |path| path == Path::State(state)).holds()
    }

    /// Whether one creature sees another: nothing opaque between, enough light for its eyes, nobody invisible or hidden.
    pub fn sees<S: Space>(&self, space: &S, who: Handle, other: Handle) -> bool {
        let (Some(creature), Some(seen)) = (self.get(who), self.get(other)) else { return false };
        if who == other {
            return true;
        }
        let concealed = seen.is(State::Invisible) || seen.is(State::Hidden);
        let dark = space.light(other) == crate::vocabulary::Light::Dark;
        let blind = creature.is(State::NoSight);
        if !concealed && !dark && !blind {
            return space.in_sight(who, other);
        }
        let feet = space.distance(who, other);
        let within = |sense: Sense| self.reach_of_sense(space, who, sense) >= feet && feet > 0;
        if within(Sense::Blindsight) || within(Sense::Tremorsense) && !seen.is(State::Flying) {
            return true;
        }
        if blind || !space.in_sight(who, other) {
            return false;
        }
        let truly = within(Sense::Truesight);
        let through_dark = !dark || truly || within(Sense::Darkvision);
        let through_veil = !seen.is(State::Invisible) || truly || creature.is(State::SeesInvisible);
        through_dark && through_veil && !seen.is(State::Hidden)
    }

    /// Range of a sense as it is now, with spells and items that change it.
    fn reach_of_sense<S: Space>(&self, space: &S, who: Handle, sense: Sense) -> u16 {
        let Some(creature) = self.get(who) else { return 0 };
        if creature.mask & Path::Sense(sense).bit() == 0 {
            return creature.sheet.sense(sense);
        }
        let cause = creature.sheet.id.unwrap_or_else(super::play::unnamed);
        self.sense(who, sense, &Scene::new(self, space, &Context::of(who, cause)))
    }

    /// What changes a save: modifiers, and those of its ability's score.
    pub(super) fn save_tally<S: Space>(
        &self,
        who: Handle,
        ability: Ability,
        for_concentration: bool,
        scene: &Scene<'_, 'c, S>,
    ) -> (i32, Tally<'c>) {
        let kinds = Path::Save(None).bit() | Path::Concentration.bit();
        let tally = self.tally(who, kinds, scene, |path| match path {
            Path::Save(which) => which.is_none_or(|which| which == ability),
            Path::Concentration => for_concentration,
            _ => false,
        });
        let base = self.get(who).map_or(0, |creature| i32::from(creature.sheet.saves[ability as usize]));
        let mut bonus = base + self.modifier_change(who, ability, scene);
        if ability == Ability::Dexterity && scene.context.own != who {
            bonus += i32::from(scene.space.cover(scene.context.own, who).bonus());
        }
        (bonus, tally)
    }

    /// What changes a check with a skill or a bare ability.
    pub fn check_tally<S: Space>(
        &self,
        who: Handle,
        skill: Option<Skill>,
        ability: Ability,
        scene: &Scene<'_, 'c, S>,
    ) -> (i32, Tally<'c>) {
        let kinds = Path::Check(None).bit() | skill.map_or(0, |skill| Path::Skill(skill).bit());
        let tally = self.tally(who, kinds, scene, |path| match path {
            Path::Check(which) => which.is_none_or(|which| which == ability),
            Path::Skill(which) => Some(which) == skill,
            _ => false,
        });
        let base = self.get(who).map_or(0, |creature| {
            i32::from(skill.map_or(creature.sheet.modifier(ability), |skill| creature.sheet.skill(skill)))
        });
        (base + self.modifier_change(who, ability, scene), tally)
    }

    /// What stands between a creature and damage of a type. Reduction is left to the whole blow.
    pub fn defense<S: Space>(&self, who: Handle, kind: DamageType, scene: &Scene<'_, 'c, S>) -> Defense {
        let Some(creature) = self.get(who) else { return Defense::default() };
        let attack = scene.context.event.attack;
        let sheet = &creature.sheet;
        let mut defense = Defense {
            resistant: sheet.resist.iter().any(|ward| ward.helps(kind, attack)),
            vulnerable: sheet.vulnerable.iter().any(|ward| ward.helps(kind, attack)),
            immune: sheet.immune.iter().any(|ward| ward.helps(kind, attack)),
            reduction: 0,
        };
        let kinds = Path::Resist(None).bit() | Path::Immune(None).bit() | Path::Vulnerable(None).bit();
        if creature.mask & kinds == 0 {
            return defense;
        }
        let fits = |which: Option<DamageType>| which.is_none_or(|which| which == kind);
        let asked = [
            (&mut defense.resistant, Path::Resist(None).bit()),
            (&mut defense.immune, Path::Immune(None).bit()),
            (&mut defense.vulnerable, Path::Vulnerable(None).bit()),
        ];
        for (held, bit) in asked {
            let tally = self.tally(who, bit, scene, |path| match path {
                Path::Resist(which) | Path::Immune(which) | Path::Vulnerable(which) => fits(which),
                _ => false,
            });
            *held = (*held || tally.granted) && !tally.denied;
        }
        defense
    }

    /// Whether damage of a type heals a creature instead of harming it.
    pub fn absorbs<S: Space>(&self, who: Handle, kind: DamageType, scene: &Scene<'_, 'c, S>) -> bool {
        let path = Path::Absorb(kind);
        self.get(who).is_some_and(|creature| creature.mask & path.bit() != 0)
            && self.tally(who, path.bit(), scene, |other| other == path).holds()
    }

    /// Who holds a creature inside of itself.
    fn holder(&self, who: Handle) -> Option<Handle> {
        let inside = Path::State(State::Enclosed);
        self.get(who).filter(|creature| creature.is(State::Enclosed))?;
        let holds = |lasting: &super::Lasting<'c>| {
            lasting.effect.modifiers.iter().any(|modifier| modifier.path == inside)
        };
        self.effects_on(who).find(|(_, lasting)| holds(lasting)).map(|(_, lasting)| lasting.source)
    }

    /// Whether one of two is inside of somebody, and the other neither in there nor that somebody.
    pub(super) fn are_apart(&self, one: Handle, other: Handle) -> bool {
        let inside = |who| self.get(who).is_some_and(|creature| creature.is(State::Enclosed));
        if one == other || !inside(one) && !inside(other) {
            return false;
        }
        let (held, other_held) = (self.holder(one), self.holder(other));
        held != other_held && held != Some(other) && other_held != Some(one)
    }

    /// What a creature notices or knows without rolling.
    pub fn passive<S: Space>(&self, who: Handle, skill: Skill, scene: &Scene<'_, 'c, S>) -> i16 {
        let (bonus, tally) = self.check_tally(who, Some(skill), skill.ability(), scene);
        let path = Path::Passive(skill);
        let passive = self.tally(who, path.bit(), scene, |other| other == path);
        crate::passive_score((bonus + tally.add + passive.add) as i16, tally.mode())
    }
}
