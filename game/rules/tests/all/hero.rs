//! A hero for stories: a character of one class, as plain as can be.

use rules::character::{BaseScores, Character, KnownSpell, LevelTaken, PickMade, ScoreMethod, Wear};
use rules::combat::{Aim, Attempt, Handle, Intent, Refusal};
use rules::content::srd;
use rules::{Ability, experience_for_level};

use super::stage::{Stage, id};

/// A human of one class: 15 in its first ability and 14 in its second, before the race's 1.
pub(crate) struct Hero(pub(crate) Character);

impl Hero {
    pub(crate) fn of(class: &str, level: u8, best: [Ability; 2]) -> Self {
        let mut scores = [10; 6];
        scores[best[0] as usize] = 15;
        scores[best[1] as usize] = 14;
        let class = id(class);
        let record = srd().class(class).expect("a class of the SRD");
        let subclass =
            srd().subclasses().iter().find(|subclass| subclass.of == class).map(|subclass| subclass.id);
        let taken = |number: u8| LevelTaken {
            class,
            hit_die: None,
            subclass: subclass.filter(|_| number == record.subclass_level),
        };
        Self(Character {
            race: id("srd:human"),
            subrace: None,
            background: id("srd:acolyte"),
            scores: BaseScores { method: ScoreMethod::Rolled, scores },
            free_bonuses: Vec::new(),
            levels: (1..=level).map(taken).collect(),
            skills: Vec::new(),
            improvements: Vec::new(),
            picks: Vec::new(),
            spells: Vec::new(),
            belongings: Vec::new(),
            money_cp: 0,
            experience: experience_for_level(level),
            wear: Wear::default(),
        })
    }

    pub(crate) fn race(mut self, race: &str, subrace: Option<&str>) -> Self {
        self.0.race = id(race);
        self.0.subrace = subrace.map(id);
        self
    }

    pub(crate) fn wielding(mut self, items: &[&str]) -> Self {
        for item in items {
            self.0.gain_item(srd(), id(item), 1).expect("an item of the SRD");
            self.0.equip(srd(), id(item)).expect("there is a hand for it");
        }
        self
    }

    pub(crate) fn picking(mut self, of: &str, chosen: &[&str]) -> Self {
        let chosen = chosen.iter().map(|name| id(name)).collect();
        self.0.picks.push(PickMade { of: id(of), number: 0, chosen });
        self
    }

    pub(crate) fn knowing(mut self, spells: &[&str]) -> Self {
        let class = self.0.levels[0].class;
        let known = spells.iter().map(|spell| KnownSpell { class, spell: id(spell), prepared: true });
        self.0.spells.extend(known);
        self
    }

    pub(crate) fn enters(self, stage: &mut Stage, east: i32) -> Handle {
        let who = stage.arena.add_character(&self.0, 1);
        stage.field.put(who, east, 0);
        who
    }
}

pub(crate) fn attack(stage: &mut Stage, who: Handle, target: Handle, dice: &[u32]) -> i32 {
    let before = stage.hp(target);
    stage
        .play(dice, |play| {
            play.attempt(Attempt {
                who,
                intent: Intent::Attack(Some(0)),
                aim: Aim { targets: &[target], ..Aim::default() },
            })
        })
        .expect("the attack is allowed");
    before - stage.hp(target)
}

/// A heap of hit points to strike at.
pub(crate) fn post(stage: &mut Stage, east: i32) -> Handle {
    let post = stage.monster("srd:ghoul", 2, east);
    let creature = stage.arena.get_mut(post).expect("it was just put there");
    creature.sheet.hp_max = 500;
    creature.hp = 500;
    post
}

pub(crate) fn begin(stage: &mut Stage, who: Handle) {
    stage.play(&[], |play| play.start_turn(who));
}

pub(crate) fn act(
    stage: &mut Stage,
    who: Handle,
    action: &str,
    targets: &[Handle],
    dice: &[u32],
) -> Result<(), Refusal> {
    stage.play(dice, |play| {
        play.attempt(Attempt { who, intent: Intent::Use(id(action)), aim: Aim { targets, ..Aim::default() } })
    })
}
