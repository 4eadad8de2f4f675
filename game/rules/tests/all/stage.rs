//! A small stage for fights: creatures on an open field, and dice that are told what to show.

use rules::combat::{
    Aim, Arena, Attempt, Creature, Economy, Handle, Happening, Intent, OpenField, Play, Refusal, Sheet,
};
use rules::content::{Library, srd};
use rules::{AbilityScores, Id, Ruleset};

/// Shorthand for an id.
pub(crate) fn id(text: &str) -> Id {
    text.parse().expect("a test's ids are well formed")
}

/// A fight on an open field.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) arena: Arena<'static>,
    pub(crate) field: OpenField,
    pub(crate) events: Vec<Happening<'static>>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::with(srd())
    }

    pub(crate) fn with(library: &'static Library) -> Self {
        Self {
            arena: Arena::new(library, Ruleset::default()),
            field: OpenField::default(),
            events: Vec::new(),
        }
    }

    /// A monster of the content, so many feet east.
    pub(crate) fn monster(&mut self, name: &str, side: u16, east: i32) -> Handle {
        let who = self.arena.add_monster(id(name), side).expect("the monster is in the content");
        self.field.put(who, east, 0);
        who
    }

    /// A wizard of a level with spells and slots of all levels, so many feet east.
    pub(crate) fn wizard(&mut self, level: u8, spells: &[&str], side: u16, east: i32) -> Handle {
        let mut sheet = Sheet::plain(level, AbilityScores::new([10, 14, 12, 18, 10, 10]));
        sheet.casting = Some(rules::Ability::Intelligence);
        sheet.dc = 15;
        sheet.spell_attack = 7;
        sheet.hp_max = 40;
        let mut creature = Creature::new(sheet, side);
        creature.book.spells = spells.iter().map(|name| id(name)).collect();
        creature.book.slots = [0, 4, 3, 3, 3, 2, 1, 1, 1, 1];
        creature.book.slots_max = creature.book.slots;
        let who = self.arena.add(creature);
        self.arena.learn_reactions(who, srd());
        self.field.put(who, east, 0);
        who
    }

    pub(crate) fn play<T>(
        &mut self,
        dice: &[u32],
        act: impl FnOnce(&mut Play<'_, 'static, OpenField, Box<dyn FnMut(u32) -> u32>>) -> T,
    ) -> T {
        let mut told = dice.to_vec();
        let mut luck: Box<dyn FnMut(u32) -> u32> = Box::new(move |sides| {
            let face = if told.is_empty() { sides / 2 } else { told.remove(0) };
            face.clamp(1, sides)
        });
        let mut play = Play::new(&mut self.arena, &mut self.field, &mut luck, &mut self.events);
        act(&mut play)
    }

    /// A creature's turn begins, and it does one thing.
    pub(crate) fn turn(
        &mut self,
        who: Handle,
        intent: Intent,
        targets: &[Handle],
        dice: &[u32],
    ) -> Result<(), Refusal> {
        self.aimed(who, intent, Aim { targets, ..Aim::default() }, dice)
    }

    /// The same with all that can be aimed at.
    pub(crate) fn aimed(
        &mut self,
        who: Handle,
        intent: Intent,
        aim: Aim<'_>,
        dice: &[u32],
    ) -> Result<(), Refusal> {
        self.play(dice, |play| {
            play.start_turn(who);
            play.attempt(Attempt { who, intent, aim })
        })
    }

    pub(crate) fn end_turn(&mut self, who: Handle, dice: &[u32]) {
        self.play(dice, |play| play.end_turn(who));
    }

    pub(crate) fn hp(&self, who: Handle) -> i32 {
        self.arena.get(who).map_or(0, |creature| creature.hp)
    }

    /// What a creature has left of its turn.
    pub(crate) fn economy(&self, who: Handle) -> Economy {
        self.arena.get(who).map_or_else(Economy::default, |creature| creature.economy)
    }

    pub(crate) fn has(&self, who: Handle, condition: &str) -> bool {
        self.arena.get(who).is_some_and(|creature| creature.has_condition(id(condition)))
    }
}

/// Whether what was played was also paid for: nobody acts with nothing left, and plain actions cost one.
pub(crate) fn was_paid(intent: Intent, before: Economy, after: Economy) -> bool {
    match intent {
        Intent::Dodge | Intent::Help | Intent::Search => before.actions == after.actions + 1,
        // An action becomes several attacks, and each attack takes one of those.
        Intent::Attack(_) | Intent::Grapple | Intent::Shove(_) => {
            (after.actions, after.attacks) < (before.actions, before.attacks)
        }
        Intent::Cast(..) | Intent::Dash | Intent::Disengage | Intent::Hide => {
            before.actions + before.bonus_actions > 0
        }
        _ => true,
    }
}
