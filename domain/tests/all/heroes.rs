//! Characters as the rules know them: made by choice, levelled, rested, dressed, and who may do that.

use std::time::Duration;

use api::{
    Permission, PermissionSet,
    character::{
        CharacterFilter, CharacterRecord, CharacterScope, CharacterView, ChooseRequest,
        CreateCharacterRequest, GainExperienceRequest, HitPointsGained, ImprovementChoice, InventoryDeed,
        InventoryRequest, LevelUpRequest, RestKind, RestRequest, SpellsRequest,
    },
};
use domain::{Actor, DomainSettings, Error, RestSettings, characters};
use grid::CharacterId;
use rules::{Ability, Race};
use serde_json::json;

use crate::test_domain::{TestDomain, may};

/// A hill dwarf who fights, as a client would send it.
fn dwarf(name: &str) -> serde_json::Value {
    json!({
        "name": name,
        "race": "dwarf",
        "choices": {
            "subrace": "srd:hill-dwarf",
            "background": "srd:acolyte",
            "scores": {"standard_array": {
                "strength": 15, "dexterity": 10, "constitution": 14, "intelligence": 8, "wisdom": 13, "charisma": 12
            }},
            "class": "srd:fighter",
            "skills": ["athletics", "perception"],
            "picks": [{"of": "srd:fighter-fighting-style", "chosen": ["srd:fighting-style-defense"]}],
            "goods": {"equipment": {"alternatives": [0, 0, 0, 1], "things": ["srd:longsword", "srd:amulet"]}}
        }
    })
}

async fn create(test: &TestDomain, actor: &Actor, body: serde_json::Value) -> Result<CharacterView, Error> {
    let request = serde_json::from_value(body).expect("is of the documented form");
    characters::create(&test.domain, &may(actor), request).await
}

async fn sheet(test: &TestDomain, actor: &Actor, id: CharacterId) -> CharacterRecord {
    characters::read_sheet(&test.domain, &may(actor), id).await.expect("reads")
}

fn refused_fields(outcome: Result<impl std::fmt::Debug, Error>) -> Vec<(String, String)> {
    match outcome {
        Err(Error::AgainstTheRules(errors)) => {
            errors.into_iter().map(|error| (error.field, error.message)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn with(deed: InventoryDeed, item: &str, count: u32) -> InventoryRequest {
    InventoryRequest { deed, item: item.to_owned(), count }
}

#[tokio::test]
async fn a_dwarf_of_ones_own_choice_tells_where_each_figure_comes_from() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let made = create(&test, &mira, dwarf("Dagna")).await.expect("is made");
    assert_eq!((made.level, made.classes[0].id.as_str()), (1, "srd:fighter"));
    let record = sheet(&test, &mira, made.id).await;
    assert_eq!(record.character, made);
    let armor = &record.sheet.armor_class;
    let parts: Vec<(&str, i32)> =
        armor.parts.iter().map(|part| (part.source.as_str(), part.amount)).collect();
    assert_eq!(parts, [("Chain Mail", 16), ("Shield", 2), ("Fighting Style: Defense", 1)]);
    assert_eq!((armor.total, record.sheet.hit_points), (19, 14));
    assert!(record.sheet.attacks.iter().any(|attack| attack.name == "Longsword" && attack.bonus.total == 4));
    assert!(record.sheet.open.picks.iter().any(|pick| pick.of.id == "srd:acolyte" && pick.count == 2));
}

#[tokio::test]
async fn a_choice_against_the_rules_is_told_with_its_field_and_what_is_allowed() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let mut body = dwarf("Dagna");
    body["choices"]["subrace"] = json!(null);
    let refused = refused_fields(create(&test, &mira, body).await);
    assert_eq!(refused[0].0, "choices.subrace");
    assert!(refused[0].1.ends_with("allowed: srd:hill-dwarf"), "{refused:?}");

    let mut body = dwarf("Dagna");
    body["choices"]["class"] = json!("srd:gunslinger");
    let refused = refused_fields(create(&test, &mira, body).await);
    assert_eq!(refused[0].0, "choices.class");
    assert!(refused[0].1.contains("srd:gunslinger"), "{refused:?}");

    let mut body = dwarf("Dagna");
    body["choices"]["skills"] = json!(["arcana", "perception"]);
    let refused = refused_fields(create(&test, &mira, body).await);
    assert_eq!(refused[0].0, "choices.skills");
    assert!(refused[0].1.contains("allowed: acrobatics, animal_handling"), "{refused:?}");

    let mut body = dwarf("Dagna");
    body["class"] = json!("srd:wizard");
    let twice = create(&test, &mira, body).await;
    assert!(matches!(twice, Err(Error::InvalidField { field: "class", .. })), "{twice:?}");
}

#[tokio::test]
async fn a_class_alone_is_enough_and_everything_suits_it() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let body = json!({"name": "Mira", "race": "human", "class": "srd:wizard"});
    let made = create(&test, &mira, body).await.expect("is made");
    let sheet = sheet(&test, &mira, made.id).await.sheet;
    assert_eq!(sheet.abilities[Ability::Intelligence as usize].score.total, 16);
    assert_eq!(sheet.slots.first().map(|slots| (slots.level, slots.max, slots.left)), Some((1, 2, 2)));
    let casting = &sheet.casting[0];
    assert_eq!(casting.spells.iter().filter(|spell| spell.level == 0).count(), 3);
    assert_eq!(casting.spells.iter().filter(|spell| spell.level == 1).count(), 6, "{:?}", casting.spells);
    assert_eq!(sheet.open.count(), 0, "{:?}", sheet.open);
}

#[tokio::test]
async fn scores_are_thrown_by_the_server_once_and_serve_one_character() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let rolled = |scores: &[u8], name: &str| {
        let mut body = dwarf(name);
        let [a, b, c, d, e, f] = scores else { panic!("six scores") };
        body["choices"]["scores"] = json!({"rolled": {
            "strength": a, "dexterity": b, "constitution": c, "intelligence": d, "wisdom": e, "charisma": f
        }});
        body
    };
    let early = refused_fields(create(&test, &mira, rolled(&[18; 6], "Early")).await);
    assert!(early[0].1.contains("POST /api/v1/characters/scores"), "{early:?}");
    let thrown = characters::roll_scores(&test.domain, &may(&mira)).await.expect("throws").scores;
    let again = characters::roll_scores(&test.domain, &may(&mira)).await.expect("answers").scores;
    assert_eq!(thrown, again, "nobody throws until they like what they see");
    let mut better = thrown.clone();
    better[5] = if better[5] == 18 { 17 } else { better[5] + 1 };
    let claimed = refused_fields(create(&test, &mira, rolled(&better, "Better")).await);
    assert_eq!(claimed[0].0, "choices.scores.rolled");
    create(&test, &mira, rolled(&thrown, "Dagna")).await.expect("is made");
    let twice = refused_fields(create(&test, &mira, rolled(&thrown, "Dagna Two")).await);
    assert_eq!(twice[0].0, "choices.scores.rolled", "the throw is used up");
}

#[tokio::test]
async fn a_level_needs_experience_and_opens_choices() {
    let test = TestDomain::new().await;
    let (mira, owner) = (test.player("Mira").await, test.owner().await);
    let id = create(&test, &mira, dwarf("Dagna")).await.expect("is made").id;
    let level = LevelUpRequest {
        class: "srd:fighter".to_owned(),
        subclass: None,
        hit_points: HitPointsGained::Average,
    };
    let early = characters::level_up(&test.domain, &may(&mira), id, level.clone()).await;
    assert!(matches!(&early, Err(Error::Conflict(why)) if why.contains("begins at 300")), "{early:?}");

    let award = GainExperienceRequest { points: 2_700, reason: "a dragon".to_owned() };
    characters::gain_experience(&test.domain, &may(&owner), id, award).await.expect("is awarded");
    characters::level_up(&test.domain, &may(&mira), id, level.clone()).await.expect("rises");
    let missing = characters::level_up(&test.domain, &may(&mira), id, level.clone()).await;
    let missing = refused_fields(missing);
    assert_eq!(missing[0].0, "subclass");
    assert!(missing[0].1.ends_with("allowed: srd:champion"), "{missing:?}");
    let champion = LevelUpRequest { subclass: Some("srd:champion".to_owned()), ..level.clone() };
    characters::level_up(&test.domain, &may(&mira), id, champion).await.expect("rises");
    let fourth = LevelUpRequest { hit_points: HitPointsGained::Rolled, ..level };
    let record = characters::level_up(&test.domain, &may(&mira), id, fourth).await.expect("rises");
    assert_eq!((record.sheet.level, record.sheet.open.improvements), (4, 1));

    let raise = ImprovementChoice::Scores { first: Ability::Strength, second: Ability::Strength };
    let choice = ChooseRequest { improvements: vec![raise], ..ChooseRequest::default() };
    let record = characters::choose(&test.domain, &may(&mira), id, choice.clone()).await.expect("is raised");
    assert_eq!((record.sheet.abilities[0].score.total, record.sheet.open.improvements), (17, 0));
    let greedy = refused_fields(characters::choose(&test.domain, &may(&mira), id, choice).await);
    assert_eq!(greedy[0].0, "improvements");
}

#[tokio::test]
async fn what_is_worn_counts_and_a_purse_has_an_end() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let id = create(&test, &mira, dwarf("Dagna")).await.expect("is made").id;
    let act = async |deed, item: &str, count| {
        characters::change_inventory(&test.domain, &may(&mira), id, with(deed, item, count)).await
    };
    let bare = act(InventoryDeed::Unequip, "srd:chain-mail", 1).await.expect("takes it off");
    assert_eq!(bare.sheet.armor_class.total, 12, "a shield alone, and the style asks for armour");
    act(InventoryDeed::Equip, "srd:chain-mail", 1).await.expect("puts it on");
    let dear = act(InventoryDeed::Buy, "srd:plate-armor", 1).await;
    assert!(matches!(&dear, Err(Error::Conflict(why)) if why.contains("150000 cp")), "{dear:?}");
    let bought = act(InventoryDeed::Buy, "srd:arrow", 1).await.expect("buys");
    assert_eq!(bought.sheet.money_cp, 1_400);
    assert!(bought.sheet.belongings.iter().any(|lot| lot.id == "srd:arrow" && lot.count >= 20));
    let none = act(InventoryDeed::Attune, "srd:longsword", 1).await;
    assert!(matches!(&none, Err(Error::Conflict(why)) if why.contains("needs no attunement")), "{none:?}");
    let given = act(InventoryDeed::Grant, "srd:plate-armor", 1).await;
    assert!(matches!(given, Err(Error::Forbidden)), "{given:?}");
}

#[tokio::test]
async fn spells_are_learned_and_prepared_as_the_class_does_it() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let body = json!({"name": "Mira", "race": "human", "class": "srd:cleric"});
    let id = create(&test, &mira, body).await.expect("is made").id;
    let ask = async |learn: &[&str], prepare: Option<&[&str]>| {
        let texts = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let request = SpellsRequest {
            class: "srd:cleric".to_owned(),
            learn: texts(learn),
            prepare: prepare.map(texts),
        };
        characters::change_spells(&test.domain, &may(&mira), id, request).await
    };
    let record = ask(&[], Some(&["srd:bless", "srd:cure-wounds"])).await.expect("prepares");
    let ready: Vec<&str> = record.sheet.casting[0]
        .spells
        .iter()
        .filter(|spell| spell.level > 0)
        .map(|spell| spell.id.as_str())
        .collect();
    assert_eq!(ready, ["srd:bless", "srd:cure-wounds"]);
    let arcane = refused_fields(ask(&[], Some(&["srd:magic-missile"])).await);
    assert_eq!(arcane[0].0, "spells");
    let learned = refused_fields(ask(&["srd:bless"], None).await);
    assert_eq!(learned[0].0, "learn");
    let cantrip = refused_fields(ask(&[], Some(&["srd:light"])).await);
    assert_eq!(cantrip[0].0, "prepare");
}

#[tokio::test]
async fn a_rest_spends_what_is_left_and_no_more() {
    let rests = RestSettings { hour: Duration::ZERO, calm: Duration::ZERO };
    let test = TestDomain::with(DomainSettings { rests, ..DomainSettings::default() }).await;
    let mira = test.player("Mira").await;
    let id = create(&test, &mira, dwarf("Dagna")).await.expect("is made").id;
    let rest = async |kind, hit_dice: &[u8]| {
        let request = RestRequest { kind, hit_dice: hit_dice.to_vec() };
        characters::rest(&test.domain, &may(&mira), id, request).await
    };
    let short = rest(RestKind::Short, &[10]).await.expect("rests");
    assert_eq!((short.spent.len(), short.record.sheet.hit_dice[0].left), (1, 0));
    let spent = rest(RestKind::Short, &[10]).await;
    assert!(matches!(&spent, Err(Error::Conflict(why)) if why.contains("hit die (d10)")), "{spent:?}");
    let long = rest(RestKind::Long, &[]).await.expect("sleeps");
    assert_eq!(long.record.sheet.hit_dice[0].left, 1);
}

#[tokio::test]
async fn nobody_sleeps_twice_in_a_night_unless_staff_put_them_to_bed() {
    let test = TestDomain::new().await;
    let (mira, owner) = (test.player("Mira").await, test.owner().await);
    let id = create(&test, &mira, dwarf("Dagna")).await.expect("is made").id;
    let rest = async |kind| {
        let request = RestRequest { kind, hit_dice: Vec::new() };
        characters::rest(&test.domain, &may(&mira), id, request).await
    };
    rest(RestKind::Long).await.expect("sleeps");
    let again = rest(RestKind::Long).await;
    assert!(matches!(&again, Err(Error::Conflict(why)) if why.contains("once in 24 hours")), "{again:?}");
    let nap = rest(RestKind::Short).await;
    assert!(matches!(&nap, Err(Error::Conflict(why)) if why.contains("takes an hour")), "{nap:?}");
    let request = RestRequest { kind: RestKind::Long, hit_dice: Vec::new() };
    let staff = may(&owner).because_of("for a tournament").expect("is a reason");
    characters::rest(&test.domain, &staff, id, request).await.expect("sleeps again");
}

#[tokio::test]
async fn staff_see_and_change_all_characters_and_what_they_change_is_noted() {
    let test = TestDomain::new().await;
    let (mira, brega, owner) = (test.player("Mira").await, test.player("Brega").await, test.owner().await);
    let id = create(&test, &mira, dwarf("Dagna")).await.expect("is made").id;
    let hidden = characters::read_sheet(&test.domain, &may(&brega), id).await;
    assert!(matches!(hidden, Err(Error::NotFound(_))), "{hidden:?}");
    let everybodys =
        CharacterFilter { scope: CharacterScope::All, name: Some("dag".to_owned()), cursor: None };
    let curious = characters::list(&test.domain, &may(&brega), everybodys.clone()).await;
    assert!(matches!(curious, Err(Error::Forbidden)), "{curious:?}");
    let seen = characters::list(&test.domain, &may(&owner), everybodys).await.expect("lists");
    assert_eq!(seen.items.iter().map(|character| character.id).collect::<Vec<_>>(), [id]);

    let looker = Actor {
        permissions: PermissionSet::of(&[Permission::PlayGame, Permission::InspectEntities]),
        ..brega.clone()
    };
    assert_eq!(sheet(&test, &looker, id).await.id, id);
    let off = with(InventoryDeed::Unequip, "srd:shield", 1);
    let meddling = characters::change_inventory(&test.domain, &may(&looker), id, off).await;
    assert!(matches!(meddling, Err(Error::NotFound(_))), "to look is not to touch: {meddling:?}");

    let gift = with(InventoryDeed::Grant, "srd:plate-armor", 1);
    let mute = characters::change_inventory(&test.domain, &may(&owner), id, gift.clone()).await;
    assert!(matches!(mute, Err(Error::InvalidField { field: "reason", .. })), "staff say why: {mute:?}");
    let giver = may(&owner).because_of("won the tournament").expect("is a reason");
    characters::change_inventory(&test.domain, &giver, id, gift).await.expect("is given");
    let noted = domain::audit::list(&test.domain, &may(&owner), api::audit::AuditFilter::default())
        .await
        .expect("lists");
    let entry = noted.items.iter().find(|entry| entry.action == "character.inventory").expect("is noted");
    assert_eq!((entry.subject.clone(), entry.actor), (format!("character {id}"), owner.account));
    assert_eq!(entry.reason.as_deref(), Some("won the tournament"));
    let parts = |part: &Option<serde_json::Value>| {
        let part = part.as_ref().and_then(serde_json::Value::as_object).expect("tells parts");
        part.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        (parts(&entry.before), parts(&entry.after)),
        (vec!["belongings".to_owned()], vec!["belongings".to_owned()])
    );
}

#[tokio::test]
async fn a_character_from_before_there_were_builds_gets_one_that_stays_the_same() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let account = mira.account.expect("signed in");
    let now = store::now();
    let old = store::characters::Character {
        id: CharacterId::from_uuid(uuid::Uuid::now_v7()),
        account_id: account,
        world_id: test.world,
        name: "Oldest".to_owned(),
        race: "half_elf".to_owned(),
        position: grid::Position::new(0, 0, 0),
        created_at: now,
        updated_at: now,
        last_played_at: None,
    };
    store::characters::insert(&test.store, &old).await.expect("is there");
    let first = sheet(&test, &mira, old.id).await;
    assert_eq!(first, sheet(&test, &mira, old.id).await, "each look shows the same");
    assert_eq!((first.character.race, first.sheet.race.id.as_str()), (Race::HalfElf, "srd:half-elf"));
    let rest = RestRequest { kind: RestKind::Long, hit_dice: Vec::new() };
    characters::rest(&test.domain, &may(&mira), old.id, rest).await.expect("rests");
    let kept = store::character_builds::find(&test.store, old.id).await.expect("reads").expect("is kept now");
    assert_eq!((kept.version, kept.revision), (1, 0));
    assert_eq!(sheet(&test, &mira, old.id).await.sheet, first.sheet);
}

#[tokio::test]
async fn an_exported_character_is_what_the_rules_keep() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let request = CreateCharacterRequest::quick("Mira", Race::Tiefling);
    let id = characters::create(&test.domain, &may(&mira), request).await.expect("is made").id;
    let export = characters::export(&test.domain, &may(&mira), id).await.expect("exports");
    let character: rules::character::Character = serde_json::from_value(export.build).expect("reads back");
    assert_eq!(character.check(rules::content::srd(), &rules::Ruleset::SRD_5_1), []);
    assert_eq!((export.name.as_str(), character.race.as_str()), ("Mira", "srd:tiefling"));
}
