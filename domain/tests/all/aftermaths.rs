//! What play leaves to characters: kept once, however often it is handed over.

use std::sync::Arc;

use api::character::{CharacterRecord, CharacterView};
use domain::{Actor, characters};
use game::{Aftermath, Change, KeepError};
use grid::{CharacterId, EntityId, EventId, RegionId};
use serde_json::json;
use store::events::{EventQuery, list};
use uuid::Uuid;

use crate::test_domain::{TestDomain, may};

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

#[tokio::test]
async fn what_befalls_nobody_is_not_tried_again() {
    let test = TestDomain::new().await;
    let keeper = characters::keeper(&test.domain);
    let nobody = CharacterId::from_uuid(Uuid::now_v7());
    let by = EntityId::from_uuid(Uuid::now_v7());
    let lost = keeper.keep(&aftermath(nobody, Change::Earned { experience: 1, by })).await;
    assert!(matches!(lost, Err(KeepError::Gone(id)) if id == nobody), "{lost:?}");
}
