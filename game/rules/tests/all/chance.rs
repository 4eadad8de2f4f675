//! Heroes by chance in fights by chance: whatever is tried, nothing panics and nothing goes below nothing.

use proptest::prelude::*;
use rules::Ruleset;
use rules::character::Character;
use rules::combat::{Aim, Attempt, Intent, Life, OpenField};
use rules::content::srd;

use super::stage::{Stage, was_paid};

fn seeded(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed;
    move |sides| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(sides.max(1))) as u32 + 1
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn heroes_by_chance_fight_by_chance_and_nothing_goes_below_nothing(seed in any::<u64>(), level in 1..=20_u8) {
        let mut throw = seeded(seed);
        let mut stage = Stage::new();
        let mut all = Vec::new();
        for side in 1..=2 {
            for place in 0..2 {
                let character = Character::random(level, srd(), &Ruleset::SRD_5_1, &mut throw).unwrap();
                let who = stage.arena.add_character(&character, side);
                prop_assert_eq!(stage.hp(who), character.hit_points(srd()).current as i32);
                stage.field.put(who, i32::from(side) * 10 + place * 5, 0);
                all.push((who, character.spells));
            }
        }
        for _ in 0..6 {
            for (who, spells) in &all {
                let dice: Vec<u32> = (0..200).map(|_| throw(20)).collect();
                stage.play(&[], |play| play.start_turn(*who));
                for _ in 0..4 {
                    let actions = stage.arena.get(*who).map(|own| own.actions.clone()).unwrap_or_default();
                    let target = all[throw(4) as usize - 1].0;
                    let intent = match throw(5) {
                        1 => Intent::Attack(None),
                        2 => Intent::Attack(Some(0)),
                        3 if !spells.is_empty() => {
                            let spell = spells[throw(spells.len() as u32) as usize - 1].spell;
                            let least = srd().spell(spell).map_or(0, |spell| spell.level);
                            Intent::Cast(spell, if least == 0 { 0 } else { least.max(throw(9) as u8) })
                        }
                        _ if !actions.is_empty() => Intent::Use(actions[throw(actions.len() as u32) as usize - 1].id),
                        _ => Intent::Dodge,
                    };
                    let aim = Aim { targets: &[target], point: Some(OpenField::point(15, 0)), choice: throw(9) as u8 - 1, monster: None };
                    // Refusals are as good as deeds here: nothing may panic, and nothing is for free.
                    let before = stage.economy(*who);
                    let done = stage.play(&dice, |play| play.attempt(Attempt { who: *who, intent, aim }));
                    prop_assert!(
                        done.is_err() || was_paid(intent, before, stage.economy(*who)),
                        "{:?} with {:?}", intent, before
                    );
                }
                stage.end_turn(*who, &dice);
                for (who, _) in &all {
                    let own = stage.arena.get(*who).unwrap();
                    prop_assert!(own.hp >= 0 && own.temp_hp >= 0);
                    prop_assert!(own.stocks.iter().all(|stock| stock.left >= 0 && stock.left <= stock.max));
                    prop_assert!(own.economy.actions <= 3 && own.economy.reactions <= 2);
                    prop_assert!(own.hp > 0 || !matches!(own.life, Life::Alive));
                }
            }
        }
    }
}
