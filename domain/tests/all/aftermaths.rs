//! What play leaves to characters: kept once, however often it is handed over.

use std::{path::Path, sync::Arc, time::Duration};

use api::character::{CharacterRecord, CharacterView};
use domain::{
    Actor, characters, events,
    pipelines::{self, Pipelines},
};
use game::{Aftermath, Blow, Change, Feat, FeatDeed, Goods, Heap, KeepError, Lot, Page, Rank};
use grid::{CharacterId, EntityId, EventId, Position, RegionId};
use serde_json::json;
use store::events::{EventQuery, list};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::test_domain::{TestDomain, may, until};

const COMBAT: &str = "0198a0c0-0001-7000-8000-000000000001";
const ECONOMY: &str = "0198a0c0-0001-7000-8000-000000000002";

async fn fighter(test: &TestDomain, player: &Actor) -> CharacterView {
    let body = json!({"name": "Dagna", "race": "dwarf", "class": "srd:fighter"});
    let request = serde_json::from_value(body).expect("is of the documented form");
    characters::create(&test.domain, &may(player), request).await.expect("is made")
}

async fn sheet(test: &TestDomain, player: &Actor, id: CharacterId) -> CharacterRecord {
    characters::read_sheet(&test.domain, &may(player), id).await.expect("reads")
}

fn aftermath(character: CharacterId, change: Change) -> Aftermath {
    let id = EventId::from_uuid(Uuid::now_v7());
    Aftermath { id, region: RegionId::from_uuid(Uuid::now_v7()), character, change }
}

#[tokio::test]
async fn experience_is_earned_once_and_told_as_an_event() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let dagna = fighter(&test, &mira).await;
    let keeper = characters::keeper(&test.domain);
    let by = EntityId::from_uuid(Uuid::now_v7());
    let earned = aftermath(dagna.id, Change::Earned { experience: 50, by });
    for _ in 0..3 {
        assert_eq!(keeper.keep(&earned).await.expect("is kept").experience, 50);
    }
    let again = aftermath(dagna.id, Change::Earned { experience: 25, by });
    assert_eq!(keeper.keep(&again).await.expect("is kept").experience, 75, "another id, another deed");
    assert_eq!(sheet(&test, &mira, dagna.id).await.sheet.experience, 75);
    let wanted = EventQuery { kind: Some("character.earned".to_owned()), ..EventQuery::default() };
    let told = list(&test.store, &wanted, 10).await.expect("reads");
    let totals: Vec<_> = told.iter().map(|event| event.envelope.data["total"].clone()).collect();
    assert_eq!(totals, [json!(75), json!(50)], "the newest first, each once");
}

#[tokio::test]
async fn wounds_are_on_the_sheet_and_what_enters_again_has_them() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let dagna = fighter(&test, &mira).await;
    let keeper = characters::keeper(&test.domain);
    let whole = keeper.character(dagna.id).await.expect("is there");
    let mut wear = whole.wear.clone();
    wear.damage = 4;
    keeper.keep(&aftermath(dagna.id, Change::Worn(Arc::new(wear.clone())))).await.expect("is kept");
    let record = sheet(&test, &mira, dagna.id).await;
    let most = u32::try_from(record.sheet.hit_points_max.total).expect("above zero");
    assert_eq!(record.sheet.hit_points, most - 4);
    assert_eq!(keeper.character(dagna.id).await.expect("is there").wear, wear);
}

#[tokio::test]
async fn things_are_used_up_and_what_is_not_owned_is_not() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let dagna = fighter(&test, &mira).await;
    let keeper = characters::keeper(&test.domain);
    let owned = |character: &game::Character| -> u32 {
        let torches = character.belongings.iter().filter(|lot| lot.item.as_str() == "srd:torch");
        torches.map(|lot| lot.count).sum()
    };
    let before = owned(&keeper.character(dagna.id).await.expect("is there"));
    let handed = |count| aftermath(dagna.id, Change::Handed { item: "srd:torch".to_owned(), count });
    keeper.keep(&handed(3)).await.expect("is kept");
    keeper.keep(&handed(-1)).await.expect("is kept");
    assert_eq!(owned(&keeper.character(dagna.id).await.expect("is there")), before + 2);
    keeper.keep(&handed(-1_000)).await.expect("is no reason to fail");
    assert_eq!(owned(&keeper.character(dagna.id).await.expect("is there")), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bought_found_and_fought_ends_in_the_figures_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/pipelines");
    let test = TestDomain::with_pipelines(Pipelines::in_folder(&folder).expect("are right")).await;
    let mira = test.player("Mira").await;
    let dagna = fighter(&test, &mira).await;
    let keeper = characters::keeper(&test.domain);
    let buy = json!({"do": "buy", "item": "srd:torch", "count": 2});
    let buy = serde_json::from_value(buy).expect("is of the documented form");
    characters::change_inventory(&test.domain, &may(&mira), dagna.id, buy).await.expect("is bought");
    let found = aftermath(dagna.id, Change::Handed { item: "srd:torch".to_owned(), count: 3 });
    let page = blows(&dagna, 4);
    for _ in 0..2 {
        keeper.keep(&found).await.expect("is kept");
        keeper.chronicle(&page).await.expect("is written");
    }
    events::relay_all(&test.domain).await.expect("relays");
    let shutdown = CancellationToken::new();
    let workers = pipelines::work(&test.domain, Arc::new(|_| {}), shutdown.clone()).await.expect("starts");
    let owner = test.owner().await;
    let rows = async |id: &str| {
        let id = id.parse().expect("a UUID");
        pipelines::rows(&test.domain, &may(&owner), id).await.expect("reads").rows
    };
    until("all is counted", async || rows(ECONOMY).await.len() == 3 && rows(COMBAT).await.len() == 1).await;
    let of = |rows: &[serde_json::Map<String, serde_json::Value>], reason: &str, way: &str| {
        let row = rows.iter().find(|row| row["reason"] == reason && row["way"] == way).expect("a row");
        (row["item"].as_str().map(str::to_owned), row["quantity"].as_f64())
    };
    let economy = rows(ECONOMY).await;
    let torches = |count| (Some("srd:torch".to_owned()), Some(count));
    assert_eq!(of(&economy, "vendor", "in"), torches(2.0));
    assert_eq!(of(&economy, "vendor", "out"), (Some("gold".to_owned()), Some(2.0)), "a copper piece each");
    assert_eq!(of(&economy, "play", "in"), torches(3.0), "handed over twice, counted once");
    let combat = &rows(COMBAT).await[0];
    assert_eq!((&combat["class"], &combat["level"]), (&json!("srd:fighter"), &json!("1")));
    assert_eq!((&combat["attacks"], &combat["hits"]), (&json!(4), &json!(3.0)));
    assert_eq!((&combat["criticals"], &combat["damage"]), (&json!(1.0), &json!(18.0)));
    shutdown.cancel();
    workers.join_all().await;
}

/// A miss, and then blows of six points, the first of them critical.
fn blows(attacker: &CharacterView, count: u32) -> Page {
    let rank = Rank { class: Some("srd:fighter".parse().expect("an id")), level: 1 };
    let by = EntityId::from_uuid(attacker.id.uuid());
    let feat = |number: u32| {
        let hit = number > 0;
        let kind = hit.then_some(rules::vocabulary::DamageType::Slashing);
        let blow = Blow { action: None, hit, critical: number == 1, damage: if hit { 6 } else { 0 }, kind };
        Feat {
            id: EventId::from_uuid(Uuid::now_v7()),
            at: store::now(),
            rank: Some(rank),
            target: EntityId::from_uuid(Uuid::now_v7()),
            deed: FeatDeed::Struck { by, blow },
        }
    };
    Page { region: RegionId::from_uuid(Uuid::now_v7()), feats: (0..count).map(feat).collect() }
}

#[tokio::test]
async fn what_befalls_nobody_is_not_tried_again() {
    let test = TestDomain::new().await;
    let keeper = characters::keeper(&test.domain);
    let nobody = CharacterId::from_uuid(Uuid::now_v7());
    let by = EntityId::from_uuid(Uuid::now_v7());
    let lost = keeper.keep(&aftermath(nobody, Change::Earned { experience: 1, by })).await;
    assert!(matches!(lost, Err(KeepError::Gone(id)) if id == nobody), "{lost:?}");
}

fn heap(region: RegionId, lasts: Duration) -> Heap {
    let goods = vec![Goods { item: "srd:torch".to_owned(), count: 2 }];
    Heap {
        id: EntityId::from_uuid(Uuid::now_v7()),
        region,
        name: "Goblin".to_owned(),
        at: Position::new(-1, 2, 3),
        belongs_to: None,
        lot: Lot { money_cp: 55, goods },
        lasts,
    }
}

#[tokio::test]
async fn a_heap_outlives_the_region_and_is_had_once() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let dagna = fighter(&test, &mira).await;
    let keeper = characters::keeper(&test.domain);
    let region = RegionId::from_uuid(Uuid::now_v7());
    let (left, over) = (heap(region, Duration::from_secs(600)), heap(region, Duration::ZERO));
    for heap in [&left, &left, &over] {
        keeper.leave(heap).await.expect("is kept");
    }
    let found = keeper.heaps(region).await.expect("reads");
    let [found] = &found[..] else { panic!("one, and not what has vanished: {found:?}") };
    assert!(found.lasts <= left.lasts, "some of its time is over");
    assert_eq!(Heap { lasts: left.lasts, ..found.clone() }, left);

    let before = keeper.character(dagna.id).await.expect("is there");
    let took = Change::TookUp { heap: left.id, lot: left.lot.clone() };
    let took = Aftermath { id: EventId::from_uuid(left.id.uuid()), ..aftermath(dagna.id, took) };
    for _ in 0..3 {
        keeper.keep(&took).await.expect("is kept");
    }
    let again = keeper.keep(&Aftermath { id: EventId::from_uuid(Uuid::now_v7()), ..took.clone() }).await;
    assert!(matches!(again, Err(KeepError::Taken(heap)) if heap == left.id), "{again:?}");
    let after = keeper.character(dagna.id).await.expect("is there");
    assert_eq!(after.money_cp, before.money_cp + 55);
    let torches = |character: &game::Character| -> u32 {
        character.belongings.iter().filter(|lot| lot.item.as_str() == "srd:torch").map(|lot| lot.count).sum()
    };
    assert_eq!(torches(&after), torches(&before) + 2);
    assert_eq!(keeper.heaps(region).await.expect("reads"), []);
    let wanted = EventQuery { kind: Some("economy.transferred".to_owned()), ..EventQuery::default() };
    let told = list(&test.store, &wanted, 10).await.expect("reads");
    assert_eq!(told.len(), 2, "the coins and the torches, each once: {told:?}");
}
