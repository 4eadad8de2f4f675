//! Plays what content says: the interpreter that throws dice.

mod acting;
mod attack;
mod casting;
mod checks;
mod decrees;
mod driving;
mod effects;
mod forms;
mod harm;
mod known;
mod layers;
mod leisure;
mod moving;
mod possession;
mod reach;
mod resting;
mod scripts;
mod severing;
mod shaping;
mod spending;
mod steering;
mod steps;
mod summoning;
mod triggers;
mod turns;
mod walls;
mod zones;

use grid::Position;
use serde::{Deserialize, Serialize};

use crate::language::expr::{Expr, Luck};
use crate::language::{Duration, Effect, RollKind};
use crate::vocabulary::{School, Skill};
use crate::{Ability, Id, RollMode};

use super::{
    Arena, EffectKey, Handle, Happening, Scene, Space,
    event::{ADDED_MAX, RollParts},
    tally::Tally,
};

pub(super) use attack::unarmed;
pub(super) use attack::{Strike, lands, strike_of};
pub(super) use casting::as_spell;
pub(super) use checks::{conditions_of, mark_origin};
pub(super) use harm::unnamed;
pub(super) use possession::Host;
pub(super) use reach::{centre_of, volume_of};
pub(super) use walls::wall_volume_of;

/// How deep interrupts of interrupts go. A counterspell may be countered, and so on, but not for ever.
const DEPTH_MAX: u8 = 8;

/// What the rules themselves lay on creatures, with names for it.
pub(super) fn own_effects() -> [(&'static str, &'static Effect); 5] {
    let own = acting::own_effects();
    [
        ("rules/bare", forms::bare()),
        ("rules/grappled", &own.grappled),
        ("rules/helped", &own.helped),
        ("rules/mounted", &own.mounted),
        ("rules/weary", spending::weariness()),
    ]
}

/// What is known of the event that something answers to.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct EventFacts {
    /// Damage or healing.
    pub amount: i32,
    /// What the d20 shows.
    pub roll: i32,
    /// The roll with all that is added.
    pub total: i32,
    /// Level of the spell.
    pub cast_level: u8,
    /// Traits of the attack, as bits.
    pub attack: u64,
    /// The item that the attack is made with.
    pub weapon: Option<Id>,
    /// Types of the damage, as bits.
    pub damage: u16,
    /// Ability of the roll.
    pub ability: Option<Ability>,
    /// Skill of the check.
    pub skill: Option<Skill>,
    /// School of the spell.
    pub school: Option<School>,
    /// The spell.
    pub spell: Option<Id>,
    /// Whose turn it is.
    pub turn_of: Option<Handle>,
    against: [Option<Id>; 6],
}

impl EventFacts {
    /// Says what a roll is against.
    pub fn set_against(&mut self, id: Id) {
        if !self.is_against(id)
            && let Some(place) = self.against.iter_mut().find(|place| place.is_none())
        {
            *place = Some(id);
        }
    }

    /// Whether the roll is against this.
    #[must_use]
    pub fn is_against(&self, id: Id) -> bool {
        self.against.contains(&Some(id))
    }
}

/// Who does what to whom, by what, and how well.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Context<'c> {
    /// Who acts, or bears the effect.
    pub own: Handle,
    /// Who is acted upon.
    pub target: Handle,
    /// From whom the effect comes.
    pub source: Handle,
    /// The spell, action or feature.
    pub cause: Id,
    /// It is a spell.
    pub is_spell: bool,
    /// It is magic.
    pub is_magic: bool,
    /// Level of the slot.
    pub slot: u8,
    /// Level of the spell.
    pub spell_level: u8,
    /// Level in the class that the feature belongs to.
    pub class_level: u8,
    /// Difficulty of saves.
    pub dc: i16,
    /// Bonus of spell attacks.
    pub attack: i16,
    /// Modifier of the casting ability.
    pub casting: i16,
    /// The point that was chosen.
    pub point: Option<Position>,
    /// The option that was chosen.
    pub choice: u8,
    /// The monster that was chosen.
    pub monster: Option<Id>,
    /// How often the repetition went round.
    pub index: u8,
    /// How many targets there are.
    pub count: u8,
    /// The effect that this belongs to.
    pub effect: Option<EffectKey>,
    /// How long the spell lasts.
    #[serde(with = "crate::combat::names::maybe")]
    pub lasts: Option<&'c Duration>,
    /// The spell needs concentration.
    pub concentration: bool,
    /// What it answers to.
    pub event: EventFacts,
    pub(super) critical: bool,
    pub(super) halve: Halve,
    pub(super) shared: bool,
    /// Damage joins the blow of the attack that goes on.
    pub(super) joins: bool,
    pub(super) aim: (u32, u32),
    pub(super) depth: u8,
}

/// What effects have added to a roll.
pub(super) type Added = [Option<(Id, i32)>; ADDED_MAX];

/// What a save leaves of damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Halve {
    /// All of it.
    #[default]
    No,
    /// Half.
    Half,
    /// Nothing.
    Nothing,
}

impl Context<'_> {
    /// Whom a step means.
    pub(super) const fn role(&self, who: crate::language::Who) -> Handle {
        match who {
            crate::language::Who::Target => self.target,
            crate::language::Who::Own => self.own,
            crate::language::Who::Source => self.source,
        }
    }

    /// Somebody does something by itself.
    #[must_use]
    #[inline]
    pub fn of(who: Handle, cause: Id) -> Self {
        Self {
            own: who,
            target: who,
            source: who,
            cause,
            is_spell: false,
            is_magic: false,
            slot: 0,
            spell_level: 0,
            class_level: 0,
            dc: 10,
            attack: 0,
            casting: 0,
            point: None,
            choice: 0,
            monster: None,
            index: 0,
            count: 1,
            effect: None,
            lasts: None,
            concentration: false,
            event: EventFacts::default(),
            critical: false,
            halve: Halve::No,
            shared: false,
            joins: false,
            aim: (0, 0),
            depth: 0,
        }
    }
}

/// Lists that are used again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// Creatures that are gone through; nested lists stand behind each other.
    pub(super) found: Vec<Handle>,
    /// Dice that were thrown once for all in an area: the step and what it showed.
    pub(super) memo: Vec<(usize, i32)>,
    /// Harm that is gathered to land together; blows within blows stand behind each other.
    pub(super) parts: Vec<harm::Part>,
    /// What waits for interrupts.
    pub(super) pending: Vec<Pending>,
    /// Whom the caster spares in the spell that goes on.
    pub(super) spared: Vec<Handle>,
    /// Against whom the attack that just missed is made again.
    pub(super) astray: Option<Handle>,
}

/// A roll that waits for interrupts, and what they have done to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    pub(super) kind: RollKind,
    pub(super) add: i32,
    pub(super) set: Option<i32>,
    pub(super) at_least: Option<i32>,
    pub(super) divide: i32,
    pub(super) advantages: u32,
    pub(super) disadvantages: u32,
    pub(super) reroll: bool,
    pub(super) fails: bool,
    pub(super) succeeds: bool,
    pub(super) critical: bool,
    pub(super) cancelled: bool,
    /// It goes back to where it came from.
    pub(super) turned: bool,
}

impl Pending {
    #[inline]
    const fn of(kind: RollKind) -> Self {
        Self {
            kind,
            add: 0,
            set: None,
            at_least: None,
            divide: 1,
            advantages: 0,
            disadvantages: 0,
            reroll: false,
            fails: false,
            succeeds: false,
            critical: false,
            cancelled: false,
            turned: false,
        }
    }

    /// A number with what was done to it.
    #[inline]
    fn over(&self, value: i32) -> i32 {
        let value = (self.set.unwrap_or(value) + self.add).div_euclid(self.divide.max(1));
        self.at_least.map_or(value, |least| value.max(least))
    }
}

/// Plays intents and turns in an arena. Made anew for each, at no cost.
pub struct Play<'p, 'c, S, L> {
    /// The creatures.
    pub arena: &'p mut Arena<'c>,
    /// Where they are.
    pub space: &'p mut S,
    /// The dice.
    pub luck: &'p mut L,
    /// What happens is added here.
    pub events: &'p mut Vec<Happening<'c>>,
    /// Where the blow that is gathered begins.
    blow: usize,
}

impl<'p, 'c, S: Space, L: Luck> Play<'p, 'c, S, L> {
    /// Ready to play.
    pub fn new(
        arena: &'p mut Arena<'c>,
        space: &'p mut S,
        luck: &'p mut L,
        events: &'p mut Vec<Happening<'c>>,
    ) -> Self {
        let blow = arena.scratch.parts.len();
        Self { arena, space, luck, events, blow }
    }

    pub(super) fn scene<'s>(&'s self, context: &'s Context<'c>) -> Scene<'s, 'c, S> {
        Scene::new(self.arena, self.space, context)
    }

    /// The value of an expression, with dice.
    pub(super) fn roll(&mut self, context: Context<'c>, expr: &'c Expr) -> i32 {
        expr.roll(&Scene::new(self.arena, self.space, &context), self.luck)
    }

    /// The value of an expression without dice.
    pub(super) fn value(&self, context: Context<'c>, expr: &Expr) -> i32 {
        expr.value(&self.scene(&context))
    }

    /// Whether a condition of a step holds; it does if there is none.
    #[inline]
    pub(super) fn holds(&self, context: Context<'c>, when: Option<&Expr>) -> bool {
        when.is_none_or(|when| when.holds(&self.scene(&context)))
    }

    pub(super) fn emit(&mut self, happening: Happening<'c>) {
        self.events.push(happening);
    }

    /// Everybody within a stretch of the list of found creatures, one after the other.
    pub(super) fn each(
        &mut self,
        (start, end): (usize, usize),
        mut then: impl FnMut(&mut Self, usize, Handle),
    ) {
        for index in start..end {
            let who = self.arena.scratch.found[index];
            then(self, index - start, who);
        }
        self.arena.scratch.found.truncate(start);
    }

    /// A d20 and what it shows in the end.
    pub(super) fn d20(&mut self, mode: RollMode, tally: &Tally<'c>) -> u8 {
        let luck = &mut *self.luck;
        let reroll = tally.reroll;
        let face = mode.roll(|sides| {
            let first = luck.die(sides);
            if first as i32 <= reroll { luck.die(sides) } else { first }
        });
        (face as i32).max(tally.die_at_least).clamp(1, 20) as u8
    }

    /// What modifiers with dice add.
    #[inline]
    pub(super) fn tally_dice(&mut self, tally: &Tally<'c>, context: &Context<'c>) -> i32 {
        // Most rolls have none, and the first place is filled first.
        if tally.dice[0].is_none() { 0 } else { self.throw_dice_of(tally, context, &mut Added::default()) }
    }

    /// The same, and what of it and of what is added without dice comes by which effects.
    pub(super) fn tally_dice_by_source(&mut self, tally: &Tally<'c>, context: &Context<'c>) -> (i32, Added) {
        let mut by = Added::default();
        for (effect, added) in tally.sources.iter().flatten() {
            self.note_added(&mut by, Some(*effect), *added);
        }
        (self.throw_dice_of(tally, context, &mut by), by)
    }

    fn throw_dice_of(&mut self, tally: &Tally<'c>, context: &Context<'c>, by: &mut Added) -> i32 {
        let mut sum = 0;
        for added in tally.dice.iter().flatten() {
            let scene = Scene::new(self.arena, self.space, context);
            let known = scene.known_for(context.own, added);
            let scene = scene.seen_as(&known);
            let thrown = added.dice.roll(&scene, self.luck);
            self.note_added(by, added.effect, thrown);
            sum += thrown;
        }
        sum
    }

    fn note_added(&self, by: &mut Added, effect: Option<EffectKey>, added: i32) {
        let id = effect.and_then(|key| self.arena.effect(key)).map(|lasting| lasting.id);
        if let (Some(id), Some(place)) = (id, by.iter_mut().find(|place| place.is_none())) {
            *place = Some((id, added));
        }
    }

    /// A d20 test with everything that waits for it.
    pub(super) fn test(
        &mut self,
        (bonus, tally): (i32, Tally<'c>),
        pending: &Pending,
        against: i32,
        context: Context<'c>,
    ) -> (RollParts, bool) {
        let mode = RollMode::combine(
            tally.advantages + pending.advantages,
            tally.disadvantages + pending.disadvantages,
        );
        let fails = tally.fails || pending.fails;
        let succeeds = tally.succeeds || pending.succeeds;
        if fails || succeeds {
            let (die, added) = (if fails { 1 } else { 20 }, Added::default());
            let parts = RollParts { die, mode, bonus, added, against };
            return (parts, !fails);
        }
        let mut die = self.d20(mode, &tally);
        if pending.reroll {
            die = self.d20(RollMode::Normal, &tally);
        }
        let (dice, added) = self.tally_dice_by_source(&tally, &context);
        let bonus = bonus + tally.add + dice;
        let total = pending.over(i32::from(die) + bonus);
        let parts = RollParts { die, mode, bonus: total - i32::from(die), added, against };
        (parts, total >= against)
    }
}
