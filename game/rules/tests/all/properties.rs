//! Properties of the whole: what may never happen, whatever the dice and whoever fights.

use proptest::prelude::*;
use rules::combat::{Aim, Attempt, Handle, Happening, Intent, OpenField, Play, Spread};
use rules::content::srd;
use rules::language::expr::Measure;

use super::seen::luck;
use super::stage::{Stage, id, was_paid};

/// Everybody of a fight, two sides on a field.
fn line_up(picks: &[u16], level: u8) -> (Stage, Vec<Handle>) {
    let mut stage = Stage::new();
    let spells: Vec<&'static str> = srd().spells().iter().map(|spell| spell.id.as_str()).collect();
    let mut all = Vec::new();
    for (place, pick) in picks.iter().enumerate() {
        let (side, east) = ((place % 2) as u16, place as i32 * 10);
        let monsters = srd().monsters();
        let who = if pick % 3 == 0 {
            let known: Vec<&str> =
                (0..6).map(|step| spells[(*pick as usize + step * 37) % spells.len()]).collect();
            stage.wizard(level, &known, side, east)
        } else {
            let monster = &monsters[*pick as usize % monsters.len()];
            stage.monster(monster.id.as_str(), side, east)
        };
        all.push(who);
    }
    (stage, all)
}

/// Something that a creature might ask for, sensible or not.
fn some_intent(stage: &Stage, who: Handle, pick: u32) -> Intent {
    let Some(creature) = stage.arena.get(who) else { return Intent::Dodge };
    let number = (pick / 16) as usize;
    match pick % 16 {
        0..=5 if !creature.actions.is_empty() => {
            Intent::Use(creature.actions[number % creature.actions.len()].id)
        }
        6..=9 if !creature.book.spells.is_empty() => {
            let spell = creature.book.spells[number % creature.book.spells.len()];
            let level = srd().spell(spell).map_or(0, |spell| spell.level);
            Intent::Cast(spell, if level == 0 { 0 } else { level.max((number % 10) as u8) })
        }
        10 => Intent::Attack(None),
        11 => Intent::Grapple,
        12 => Intent::Hide,
        13 => Intent::StandUp,
        14 => Intent::Escape,
        _ => [Intent::Dash, Intent::Dodge, Intent::Disengage, Intent::Help, Intent::Search][number % 5],
    }
}

/// Plays rounds of a fight; gives what happened, as text.
fn fight(picks: &[u16], level: u8, seed: u64, turns: &[u32]) -> (Stage, String) {
    let (mut stage, all) = line_up(picks, level);
    let mut dice = luck(seed);
    for (turn, pick) in turns.iter().enumerate() {
        let who = all[turn % all.len()];
        let target = all[(*pick as usize / 7) % all.len()];
        let intent = some_intent(&stage, who, *pick);
        let targets = [target];
        let point = stage.arena.get(target).map(|_| OpenField::point((target.index() as i32) * 10, 0));
        let aim = Aim { targets: &targets, point, choice: (*pick % 3) as u8, monster: None };
        Play::new(&mut stage.arena, &mut stage.field, &mut dice, &mut stage.events).start_turn(who);
        // Then something that costs a whole action, until nothing is left to pay with.
        for intent in [intent, Intent::Attack(None), Intent::Dodge, Intent::Search] {
            let before = stage.economy(who);
            let mut play = Play::new(&mut stage.arena, &mut stage.field, &mut dice, &mut stage.events);
            let done = play.attempt(Attempt { who, intent, aim });
            assert!(
                done.is_err() || was_paid(intent, before, stage.economy(who)),
                "{intent:?} with {before:?}"
            );
        }
        let mut play = Play::new(&mut stage.arena, &mut stage.field, &mut dice, &mut stage.events);
        let _ = play.walk(who, OpenField::point(*pick as i32 % 60, 5), 10, pick % 2 == 0);
        play.end_turn(who);
        if turn % 40 == 39 {
            all.iter().for_each(|who| play.long_rest(*who));
        }
        nothing_is_amiss(&stage);
    }
    let log = format!("{:?}", stage.events);
    (stage, log)
}

fn nothing_is_amiss(stage: &Stage) {
    for (_, creature) in stage.arena.creatures() {
        assert!(creature.hp >= 0 && creature.temp_hp >= 0, "hit points below nothing");
        assert!(creature.exhaustion <= 6 && creature.hit_dice <= creature.sheet.hit_dice);
        for stock in &creature.stocks {
            assert!(
                (0..=stock.max.max(0)).contains(&stock.left),
                "{}: {} of {}",
                stock.id,
                stock.left,
                stock.max
            );
        }
        assert!(
            creature.effects.iter().all(|key| stage.arena.effect(*key).is_some()),
            "an effect without a trace"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_fight_never_panics_and_a_seed_replays_to_the_same_log(
        picks in prop::collection::vec(any::<u16>(), 2..7),
        level in 1..21_u8,
        seed in any::<u64>(),
        turns in prop::collection::vec(any::<u32>(), 1..60),
    ) {
        let (_, first) = fight(&picks, level, seed, &turns);
        let (_, second) = fight(&picks, level, seed, &turns);
        prop_assert_eq!(first, second);
    }
}

/// Mean damage of a ghoul's bite, with the target changed.
fn bite_damage(change: impl FnOnce(&mut Stage, Handle, Handle)) -> f64 {
    let mut stage = Stage::new();
    let ghoul = stage.monster("srd:ghoul", 1, 0);
    let target = stage.wizard(5, &[], 2, 5);
    change(&mut stage, ghoul, target);
    let aim = Aim { targets: &[target], ..Aim::default() };
    let forecast = stage.arena.forecast::<Spread, _>(&stage.field, ghoul, Intent::Use(id("bite")), aim);
    forecast.damage_to(target).map_or(0.0, Measure::mean)
}

proptest! {
    #[test]
    fn armour_never_raises_damage(ac in 1..30_i32) {
        let with = |ac: i32| bite_damage(|stage, _, target| {
            stage.arena.get_mut(target).unwrap().sheet.ac = ac;
        });
        prop_assert!(with(ac + 1) <= with(ac) + 1e-12);
    }

    #[test]
    fn advantage_never_lowers_and_disadvantage_never_raises_damage(ac in 1..30_i32) {
        let with = |condition: Option<&str>, on_target: bool| bite_damage(|stage, ghoul, target| {
            stage.arena.get_mut(target).unwrap().sheet.ac = ac;
            if let Some(condition) = condition {
                let who = if on_target { target } else { ghoul };
                stage.arena.get_mut(ghoul).unwrap().sheet.condition_immune.clear();
                stage.play(&[], |play| play.apply_condition(who, id(condition)));
            }
        });
        let plain = with(None, true);
        prop_assert!(with(Some("srd:restrained"), true) >= plain);
        prop_assert!(with(Some("srd:poisoned"), false) <= plain);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The same dice against the same creature, once as it is and once hardened, made weak or proof: each blow is halved, rounded
    /// down, doubled, or does nothing. Forecasts say the same.
    #[test]
    fn resistance_halves_each_blow_and_vulnerability_doubles_it(pick in any::<u16>(), face in 2..20_u32, seed in any::<u64>()) {
        let monster = &srd().monsters()[usize::from(pick) % srd().monsters().len()];
        let strikes = |action: &&rules::language::Action| {
            !action.hidden && matches!(action.then.first(), Some(rules::language::Node::Attack(_)))
        };
        let Some(action) = monster.actions.iter().find(strikes) else { return Ok(()) };
        let ward = rules::combat::Ward { types: u16::MAX, unless: 0, only: 0 };
        let with = |change: &dyn Fn(&mut rules::combat::Sheet)| {
            let mut stage = Stage::new();
            let who = stage.monster(monster.id.as_str(), 1, 0);
            let target = stage.wizard(5, &[], 2, 5);
            let creature = stage.arena.get_mut(target).unwrap();
            (creature.sheet.hp_max, creature.hp, creature.sheet.ac) = (9_999, 9_999, -50);
            change(&mut creature.sheet);
            let aim = Aim { targets: &[target], ..Aim::default() };
            let intent = Intent::Use(action.id);
            let forecast = stage.arena.forecast::<Spread, _>(&stage.field, who, intent, aim);
            let mean = forecast.damage_to(target).map_or(0.0, Measure::mean);
            let (mut dice, mut first) = (luck(seed), Some(face));
            let mut dice = |sides: u32| first.take().unwrap_or_else(|| dice(sides));
            let mut play = Play::new(&mut stage.arena, &mut stage.field, &mut dice, &mut stage.events);
            play.start_turn(who);
            play.attempt(Attempt { who, intent, aim }).unwrap();
            let parts: Vec<i32> = stage.events.iter().filter_map(|event| match event {
                Happening::Damaged { who, lost, .. } if *who == target => Some(*lost),
                _ => None,
            }).collect();
            (parts, mean)
        };
        let (bare, mean) = with(&|_| {});
        // Whoever rolls twice and takes the lower die may miss by a natural 1.
        prop_assume!(bare.iter().any(|lost| *lost > 0) || mean == 0.0);
        let halves: Vec<i32> = bare.iter().map(|lost| lost / 2).collect();
        let (resisted, resisted_mean) = with(&|sheet| sheet.resist.push(ward));
        prop_assert_eq!(resisted, halves);
        prop_assert!(resisted_mean <= mean / 2.0 + 1e-9);
        let (doubled, doubled_mean) = with(&|sheet| sheet.vulnerable.push(ward));
        prop_assert_eq!(doubled, bare.iter().map(|lost| lost * 2).collect::<Vec<i32>>());
        prop_assert!((doubled_mean - mean * 2.0).abs() < 1e-6);
        let (proof, proof_mean) = with(&|sheet| sheet.immune.push(ward));
        prop_assert!(proof.iter().all(|lost| *lost == 0) && proof_mean == 0.0);
    }

    /// Any attack of any monster at anybody: a point more of armour class never makes it worse, and advantage never better to bear.
    #[test]
    fn armour_and_advantage_count_the_right_way_for_any_attack(pick in any::<u16>(), ac in 5..26_i32) {
        let monster = &srd().monsters()[usize::from(pick) % srd().monsters().len()];
        let strikes = |action: &&rules::language::Action| {
            !action.hidden && matches!(action.then.first(), Some(rules::language::Node::Attack(_)))
        };
        let Some(action) = monster.actions.iter().find(strikes) else { return Ok(()) };
        let with = |ac: i32, condition: Option<&str>| {
            let mut stage = Stage::new();
            let who = stage.monster(monster.id.as_str(), 1, 0);
            let target = stage.wizard(5, &[], 2, 5);
            stage.arena.get_mut(target).unwrap().sheet.ac = ac;
            if let Some(condition) = condition {
                stage.play(&[], |play| play.apply_condition(target, id(condition)));
            }
            let aim = Aim { targets: &[target], ..Aim::default() };
            let forecast = stage.arena.forecast::<Spread, _>(&stage.field, who, Intent::Use(action.id), aim);
            forecast.damage_to(target).map_or(0.0, Measure::mean)
        };
        let plain = with(ac, None);
        prop_assert!(with(ac + 1, None) <= plain + 1e-12);
        prop_assert!(with(ac, Some("srd:restrained")) >= plain - 1e-12);
        prop_assert!(with(ac, Some("srd:invisible")) <= plain + 1e-12);
    }
}

#[test]
fn what_a_save_leaves_is_half_rounded_down() {
    for (face, lost) in [(1, 4), (3, 12)] {
        let mut stage = Stage::new();
        let caster = stage.wizard(9, &["srd:fireball"], 1, 0);
        let target = stage.wizard(9, &[], 2, 60);
        let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
        // The dice of the fire come after the save; one more pip makes an odd sum.
        let mut dice = vec![20];
        dice.extend([face; 7]);
        dice.push(face + 1);
        stage.aimed(caster, Intent::Cast(id("srd:fireball"), 3), aim, &dice).unwrap();
        assert_eq!(40 - stage.hp(target), lost, "half of {}", face * 8 + 1);
    }
}

#[test]
fn nobody_acts_beyond_the_economy_of_a_turn() {
    let mut stage = Stage::new();
    let ghoul = stage.monster("srd:ghoul", 1, 0);
    let target = stage.wizard(5, &[], 2, 5);
    stage.turn(ghoul, Intent::Use(id("bite")), &[target], &[2]).unwrap();
    let aim = Aim { targets: &[target], ..Aim::default() };
    for intent in [Intent::Use(id("bite")), Intent::Dodge, Intent::Attack(None), Intent::Grapple] {
        let again = stage.play(&[], |play| play.attempt(Attempt { who: ghoul, intent, aim }));
        assert!(again.is_err(), "{intent:?} was played beyond the one action");
    }
    assert_eq!(stage.events.iter().filter(|event| matches!(event, Happening::Attacked { .. })).count(), 1);
}
