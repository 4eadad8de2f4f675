//! Characters made, levelled, worn and rested, as a builder and a server do it.

use proptest::prelude::*;
use rules::{
    Ability, Id, Ruleset,
    character::{
        BaseScores, Character, Improvement, LevelTaken, NewCharacter, PickMade, Refusal, ScoreMethod, Sheet,
        StartingGoods, Value,
    },
    content::{Library, srd},
    vocabulary::Skill,
};

const RULES: Ruleset = Ruleset::SRD_5_1;

fn id(text: &str) -> Id {
    Id::new(text).expect("the story names an id")
}

/// A hill dwarf who fights: Strength 15, Dexterity 10, Constitution 14 + 2.
fn dwarf() -> NewCharacter {
    NewCharacter {
        race: id("srd:dwarf"),
        subrace: Some(id("srd:hill-dwarf")),
        background: id("srd:acolyte"),
        scores: BaseScores { method: ScoreMethod::StandardArray, scores: [15, 10, 14, 8, 13, 12] },
        free_bonuses: Vec::new(),
        class: id("srd:fighter"),
        subclass: None,
        skills: vec![Skill::Athletics, Skill::Perception],
        picks: vec![PickMade {
            of: id("srd:fighter-fighting-style"),
            number: 0,
            chosen: vec![id("srd:fighting-style-defense")],
        }],
        spells: Vec::new(),
        goods: StartingGoods::Equipment {
            alternatives: vec![0, 0, 0, 1],
            things: vec![id("srd:longsword"), id("srd:amulet")],
        },
    }
}

fn made(new: NewCharacter) -> Character {
    Character::create(new, srd(), &RULES).unwrap_or_else(|refusals| panic!("{refusals:?}"))
}

fn sheet(character: &Character) -> Sheet {
    character.sheet(srd(), &RULES)
}

fn refused(new: NewCharacter) -> Vec<Refusal> {
    Character::create(new, srd(), &RULES).expect_err("the story expects a refusal")
}

fn raise(character: &mut Character, class: &str, levels: u8) {
    for _ in 0..levels {
        character.gain_experience(355_000);
        let class = id(class);
        let record = srd().class(class).expect("a class of the SRD");
        let asks = record.subclass_level == character.level_in(class) + 1;
        let own =
            srd().subclasses().iter().find(|subclass| subclass.of == class).expect("each class has one");
        let taken = LevelTaken { class, hit_die: None, subclass: asks.then_some(own.id) };
        character.level_up(taken, srd(), &RULES).expect("the rules allow it");
    }
}

fn parts(value: &Value) -> Vec<(&str, i32)> {
    value.parts.iter().map(|part| (part.source.as_str(), part.amount)).collect()
}

#[test]
fn a_dwarf_in_chain_mail_tells_where_each_number_comes_from() {
    let mut dwarf = made(dwarf());
    dwarf.dress(srd());
    let sheet = sheet(&dwarf);
    assert_eq!(
        parts(&sheet.hit_points_max),
        [("Hit dice", 10), ("Constitution", 3), ("Dwarven Toughness", 1)]
    );
    assert_eq!(
        parts(&sheet.armor_class),
        [("Chain Mail", 16), ("Shield", 2), ("Fighting Style: Defense", 1)]
    );
    assert_eq!((sheet.armor_class.total, sheet.speed.total, sheet.passive_perception), (19, 25, 14));
    assert_eq!(parts(&sheet.scores[Ability::Constitution as usize]), [("Base", 14), ("Dwarf", 2)]);
    let sword = &sheet.attacks[0];
    assert_eq!((sword.name.as_str(), sword.bonus.total, sword.damage_bonus.total), ("Longsword", 4, 2));
    assert_eq!((sword.dice.as_deref(), sword.dice_two_handed.as_deref()), (Some("1d8"), Some("1d10")));
    let athletics = sheet.skills.iter().find(|line| line.skill == Skill::Athletics).unwrap();
    assert_eq!(parts(&athletics.bonus), [("Strength", 2), ("Proficiency", 2)]);
}

#[test]
fn a_pack_comes_unpacked_and_weighs_what_is_in_it() {
    let dwarf = made(dwarf());
    assert!(dwarf.belongings.iter().any(|lot| lot.item == id("srd:torch") && lot.count == 10));
    assert!(dwarf.belongings.iter().all(|lot| lot.item != id("srd:explorers-pack")));
    let sheet = sheet(&dwarf);
    assert_eq!(sheet.capacity_centipounds, 22_500);
    assert!((9_000..22_500).contains(&sheet.load_centipounds), "{}", sheet.load_centipounds);
}

#[test]
fn what_is_against_the_rules_is_refused_with_a_reason() {
    let scores = BaseScores { method: ScoreMethod::PointBuy, scores: [15, 15, 15, 15, 8, 8] };
    assert!(matches!(refused(NewCharacter { scores, ..dwarf() })[..], [Refusal::Scores(_)]));
    let elf = NewCharacter { race: id("srd:elf"), ..dwarf() };
    assert_eq!(refused(elf), [Refusal::Subrace { race: id("srd:elf") }]);
    let known = NewCharacter { skills: vec![Skill::Insight], ..dwarf() };
    assert_eq!(refused(known), [Refusal::Skill(Skill::Insight)]);
    let early = NewCharacter { subclass: Some(id("srd:champion")), ..dwarf() };
    assert_eq!(refused(early), [Refusal::Subclass { class: id("srd:fighter"), level: 3 }]);
    let greedy = NewCharacter { goods: StartingGoods::Gold(201), ..dwarf() };
    assert_eq!(refused(greedy), [Refusal::StartingEquipment(id("srd:fighter"))]);
    let twice =
        PickMade { of: id("srd:fighter-fighting-style"), number: 0, chosen: vec![id("srd:archdruid")] };
    assert!(matches!(
        refused(NewCharacter { picks: vec![twice], ..dwarf() })[..],
        [Refusal::NotOffered { .. }]
    ));
}

#[test]
fn a_half_elf_raises_two_abilities_of_its_own_choice() {
    let half_elf = NewCharacter {
        race: id("srd:half-elf"),
        subrace: None,
        free_bonuses: vec![Ability::Strength, Ability::Constitution],
        ..dwarf()
    };
    let scores = sheet(&made(half_elf.clone())).scores;
    assert_eq!((scores[0].total, scores[2].total, scores[5].total), (16, 15, 14));
    let doubled = NewCharacter { free_bonuses: vec![Ability::Charisma, Ability::Strength], ..half_elf };
    assert_eq!(refused(doubled), [Refusal::FreeBonuses { allowed: 2 }]);
}

#[test]
fn a_fighter_grows_to_twenty_with_four_attacks() {
    let mut fighter = made(dwarf());
    raise(&mut fighter, "srd:fighter", 19);
    let sheet = sheet(&fighter);
    assert_eq!((sheet.level, sheet.proficiency_bonus, sheet.attacks_per_action), (20, 6, 4));
    assert_eq!(sheet.hit_points_max.total, 10 + 19 * 6 + 20 * 3 + 20);
    assert_eq!(sheet.hit_dice.into_iter().collect::<Vec<_>>(), [(10, 20)]);
    let one_more = LevelTaken { class: id("srd:fighter"), hit_die: None, subclass: None };
    assert_eq!(fighter.level_up(one_more, srd(), &RULES), Err(vec![Refusal::Levels(21)]));
}

#[test]
fn another_class_asks_for_thirteen_in_its_abilities() {
    let mut fighter = made(dwarf());
    fighter.gain_experience(300);
    let wizard = LevelTaken { class: id("srd:wizard"), hit_die: None, subclass: None };
    let refusal = Refusal::Multiclass { class: id("srd:wizard"), wanted: "Intelligence".to_owned() };
    assert_eq!(
        refusal.to_string(),
        "to combine srd:wizard with another class, Intelligence must be 13 at least"
    );
    assert_eq!(fighter.level_up(wizard, srd(), &RULES), Err(vec![refusal]));
    let cleric = LevelTaken { class: id("srd:cleric"), hit_die: Some(8), subclass: Some(id("srd:life")) };
    fighter.level_up(cleric, srd(), &RULES).unwrap();
    let sheet = sheet(&fighter);
    assert_eq!(sheet.slots[0], 2);
    assert_eq!((sheet.casting[0].save_dc.total, sheet.casting[0].prepared), (12, Some(3)));
}

#[test]
fn a_level_needs_its_experience() {
    let mut fighter = made(dwarf());
    let next = LevelTaken { class: id("srd:fighter"), hit_die: None, subclass: None };
    let too_early = Refusal::Experience { level: 2, needed: 300, has: 0 };
    assert_eq!(fighter.level_up(next, srd(), &RULES), Err(vec![too_early]));
}

#[test]
fn improvements_lead_to_twenty_and_no_further() {
    let mut fighter = made(dwarf());
    raise(&mut fighter, "srd:fighter", 7);
    let strength = Improvement::Scores([Ability::Strength; 2]);
    fighter.revise(srd(), &RULES, |fighter| fighter.improvements = vec![strength; 2]).unwrap();
    assert_eq!(sheet(&fighter).scores[0].total, 19);
    let beyond = fighter.revise(srd(), &RULES, |fighter| fighter.improvements = vec![strength; 3]);
    assert_eq!(beyond, Err(vec![Refusal::AboveTwenty(Ability::Strength)]));
    let too_many = fighter.revise(srd(), &RULES, |fighter| {
        fighter.improvements = vec![Improvement::Scores([Ability::Wisdom, Ability::Charisma]); 4];
    });
    assert_eq!(too_many, Err(vec![Refusal::Improvements { allowed: 3, chosen: 4 }]));
}

#[test]
fn a_barbarian_without_armour_keeps_its_skin_and_its_rage() {
    let mut barbarian = made(NewCharacter {
        class: id("srd:barbarian"),
        picks: Vec::new(),
        skills: vec![Skill::Athletics, Skill::Survival],
        goods: StartingGoods::Gold(50),
        ..dwarf()
    });
    raise(&mut barbarian, "srd:barbarian", 19);
    let whole = sheet(&barbarian);
    assert_eq!(parts(&whole.armor_class), [("Unarmored Defense", 15)]);
    assert_eq!((whole.scores[0].total, whole.speed.total), (19, 35));
    let rage = whole.resources.iter().find(|line| line.id == id("srd:rage")).unwrap();
    assert_eq!((rage.max, rage.left), (6, 6));
    barbarian.spend_resource(id("srd:rage"), 6, srd()).unwrap();
    assert!(barbarian.spend_resource(id("srd:rage"), 1, srd()).is_err());
    barbarian.long_rest(srd(), &RULES).unwrap();
    assert_eq!(sheet(&barbarian).resources, whole.resources);
}

#[test]
fn rests_give_back_what_they_should() {
    let mut fighter = made(dwarf());
    raise(&mut fighter, "srd:fighter", 3);
    let maximum = sheet(&fighter).hit_points_max.total as u32;
    fighter.hurt(20, srd());
    let spent = fighter.short_rest(&[10, 10], srd(), |_| 4).unwrap();
    assert_eq!(spent.iter().map(|die| die.regained).collect::<Vec<_>>(), [7, 7]);
    assert_eq!(fighter.hit_points(srd()).current, maximum - 6);
    assert_eq!(
        fighter.short_rest(&[10, 10, 10], srd(), |_| 4),
        Err(Refusal::Spent("hit die (d10)".to_owned()))
    );
    fighter.wear.exhaustion = 2;
    fighter.long_rest(srd(), &RULES).unwrap();
    assert_eq!((fighter.wear.exhaustion, fighter.wear.damage), (1, 0));
    assert!(fighter.wear.hit_dice.is_empty());
    fighter.hurt(10_000, srd());
    assert_eq!(fighter.long_rest(srd(), &RULES), Err(Refusal::Down));
}

#[test]
fn hands_and_purses_have_their_limits() {
    let mut fighter = made(dwarf());
    fighter.dress(srd());
    fighter.gain_item(srd(), id("srd:greatsword"), 1).unwrap();
    assert_eq!(fighter.equip(srd(), id("srd:greatsword")), Err(Refusal::Equipped(id("srd:greatsword"))));
    fighter.unequip(id("srd:shield")).unwrap();
    fighter.unequip(id("srd:longsword")).unwrap();
    fighter.equip(srd(), id("srd:greatsword")).unwrap();
    assert_eq!(sheet(&fighter).armor_class.total, 17);
    assert_eq!(
        fighter.buy(srd(), id("srd:plate-armor"), 1),
        Err(Refusal::Money { needed: 150_000, has: 1_500 })
    );
    fighter.buy(srd(), id("srd:arrow"), 2).unwrap();
    assert_eq!(fighter.money_cp, 1_300);
    assert!(fighter.belongings.iter().any(|lot| lot.item == id("srd:arrow") && lot.count == 40));
    fighter.lose_item(id("srd:arrow"), 41).unwrap_err();
    fighter.lose_item(id("srd:arrow"), 40).unwrap();
    assert_eq!(fighter.attune(srd(), id("srd:greatsword")), Err(Refusal::Attuned(id("srd:greatsword"))));
}

#[test]
fn a_feat_is_what_nobody_else_gives_and_never_a_monsters_trait() {
    let mut fighter = made(dwarf());
    raise(&mut fighter, "srd:fighter", 3);
    assert_eq!(fighter.feats_on_offer(srd()), [id("srd:grappler")]);
    for stolen in ["srd:magic-resistance", "srd:fighting-style-archery"] {
        let taken = fighter.revise(srd(), &RULES, |fighter| {
            fighter.improvements.push(Improvement::Feat(id(stolen)));
        });
        assert_eq!(taken, Err(vec![Refusal::Unknown { kind: "feat", id: id(stolen) }]));
    }
}

#[test]
fn whoever_wants_to_play_at_once_gets_scores_that_suit_and_nothing_is_left_open() {
    for race in srd().races() {
        for class in srd().classes() {
            let quick = Character::quick(race.id, class.id, srd(), &RULES, dice(7));
            let quick = quick.unwrap_or_else(|refusals| panic!("{} {}: {refusals:?}", race.id, class.id));
            assert_eq!(quick.check(srd(), &RULES), []);
            let open = quick.open_picks(srd()).into_iter().find(|pick| {
                quick.picked_at(pick).len() < usize::from(pick.count)
                    && quick.offers(srd(), pick).len() > quick.picked_at(pick).len()
            });
            assert!(open.is_none(), "{} {}: {open:?}", race.id, class.id);
        }
    }
    let wizard = Character::quick(id("srd:human"), id("srd:wizard"), srd(), &RULES, dice(7)).unwrap();
    assert_eq!(wizard.scores.scores, [10, 13, 14, 15, 12, 8], "cleverness first, then a thick skin");
}

#[test]
fn a_character_reads_back_as_it_was_written() {
    let fighter = made(dwarf());
    let written = serde_json::to_string(&fighter).unwrap();
    assert_eq!(serde_json::from_str::<Character>(&written).unwrap(), fighter);
}

/// Dice from a seed.
fn dice(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed;
    move |sides| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(sides.max(1))) as u32 + 1
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_character_by_chance_is_within_the_rules_and_stays_so(seed in any::<u64>(), level in 1..=20_u8) {
        let mut throw = dice(seed);
        let mut character = Character::random(level, srd(), &RULES, &mut throw).unwrap();
        prop_assert_eq!(character.level(), level);
        prop_assert_eq!(character.check(srd(), &RULES), []);
        for _ in 0..20 {
            match throw(6) {
                1 => character.hurt(throw(40), srd()),
                2 => character.heal(throw(20), srd()),
                3 => { let _ = character.spend_slot(throw(9) as u8, srd(), &RULES); }
                4 => {
                    let lines = sheet(&character).resources;
                    if let Some(line) = lines.get(throw(4) as usize - 1) {
                        let _ = character.spend_resource(line.id, throw(3), srd());
                    }
                }
                5 => { let _ = character.short_rest(&[throw(12) as u8], srd(), &mut throw); }
                _ => { let _ = character.long_rest(srd(), &RULES); }
            }
            prop_assert_eq!(character.check(srd(), &RULES), []);
            let sheet = sheet(&character);
            prop_assert!(sheet.hit_points_max.total >= i32::from(level));
            prop_assert!(sheet.resources.iter().all(|line| line.left <= line.max));
            prop_assert!(sheet.armor_class.total >= 6);
            prop_assert!(sheet.scores.iter().all(|score| (3..=24).contains(&score.total)));
        }
    }

    #[test]
    fn every_part_of_a_number_adds_up(seed in any::<u64>(), level in 1..=20_u8) {
        let sheet = sheet(&Character::random(level, srd(), &RULES, dice(seed)).unwrap());
        let values = sheet.scores.iter().chain(&sheet.saves).chain(sheet.skills.iter().map(|line| &line.bonus));
        let values = values.chain([&sheet.hit_points_max, &sheet.armor_class, &sheet.speed, &sheet.initiative]);
        for value in values {
            prop_assert_eq!(value.total, value.parts.iter().map(|part| part.amount).sum::<i32>());
        }
    }
}

#[test]
fn a_browser_with_the_newcomers_content_works_out_the_same_sheet() {
    let text = srd().for_newcomers().unwrap();
    assert!(text.len() < 300_000, "{} bytes are too much to send", text.len());
    let small = Library::of_newcomers(&text).unwrap();
    for class in srd().classes() {
        for race in srd().races() {
            let quick = Character::quick(race.id, class.id, srd(), &RULES, dice(3)).unwrap();
            assert_eq!(quick.check(&small, &RULES), []);
            assert_eq!(quick.sheet(&small, &RULES), sheet(&quick), "{} {}", race.id, class.id);
            let same = Character::quick(race.id, class.id, &small, &RULES, dice(3)).unwrap();
            assert_eq!(same, quick, "the same dice make the same newcomer");
        }
    }
}
