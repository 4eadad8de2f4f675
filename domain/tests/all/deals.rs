//! Trade between characters: all of it or nothing, once, wherever it is torn off.

use std::{
    future::poll_fn,
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

use domain::{Actor, characters};
use game::{Aftermath, Change, Character, CharacterKeeper, Deal, Exchanged, Goods, Heap, Lot};
use grid::{CharacterId, EntityId, EventId, Position, RegionId};
use serde_json::json;
use store::events::{EventQuery, list};
use uuid::Uuid;

use crate::test_domain::{TestDomain, may};

const TORCH: &str = "srd:torch";

async fn fighter(test: &TestDomain, player: &Actor, name: &str) -> CharacterId {
    let body = json!({"name": name, "race": "dwarf", "class": "srd:fighter"});
    let request = serde_json::from_value(body).expect("is of the documented form");
    let id = characters::create(&test.domain, &may(player), request).await.expect("is made").id;
    // Whatever else a fighter has: she found some coins and torches.
    let keeper = characters::keeper(&test.domain);
    let heap = Heap {
        id: EntityId::from_uuid(Uuid::now_v7()),
        region: RegionId::from_uuid(Uuid::now_v7()),
        name: "Goblin".to_owned(),
        at: Position::default(),
        belongs_to: None,
        lot: lot(100, 5),
        lasts: Duration::from_secs(600),
    };
    keeper.leave(&heap).await.expect("is kept");
    let change = Change::TookUp { heap: heap.id, lot: heap.lot };
    let took =
        Aftermath { id: EventId::from_uuid(heap.id.uuid()), region: heap.region, character: id, change };
    keeper.keep(&took).await.expect("is kept");
    id
}

/// Coins and torches of a character.
async fn wealth(keeper: &dyn CharacterKeeper, id: CharacterId) -> (u32, u32) {
    let character = keeper.character(id).await.expect("is there");
    (character.money_cp, torches(&character))
}

fn torches(character: &Character) -> u32 {
    character.belongings.iter().filter(|lot| lot.item.as_str() == TORCH).map(|lot| lot.count).sum()
}

fn lot(money_cp: u32, torches: u32) -> Lot {
    let goods = vec![Goods { item: TORCH.to_owned(), count: torches }];
    Lot { money_cp, goods: if torches > 0 { goods } else { Vec::new() } }
}

fn deal(sides: [(CharacterId, Lot); 2]) -> Deal {
    Deal { id: EventId::from_uuid(Uuid::now_v7()), region: RegionId::from_uuid(Uuid::now_v7()), sides }
}

/// Looks after a future so many times, then drops it wherever it stands, as a process that dies does.
async fn killed_after<F: Future>(looks: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = looks;
    poll_fn(|context: &mut Context<'_>| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn a_deal_that_is_torn_off_anywhere_is_done_whole_or_not_at_all_and_once_in_the_end() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let (dagna, thrain) = (fighter(&test, &mira, "Dagna").await, fighter(&test, &mira, "Thrain").await);
    let keeper = characters::keeper(&test.domain);
    let mut before = [wealth(&*keeper, dagna).await, wealth(&*keeper, thrain).await];
    let mut torn = 0;
    // How often a deal waits depends on how quick the disk is: torn off early, late, and not at all, several times.
    let tries = (0..8).cycle().take(32);
    for looks in tries.clone() {
        // There and back, so that nobody runs out of anything.
        let there = deal([(dagna, lot(7, 0)), (thrain, lot(0, 1))]);
        let back = deal([(dagna, lot(0, 1)), (thrain, lot(7, 0))]);
        let finished = killed_after(looks, keeper.exchange(&there)).await;
        let [(money, sticks), (others, others_sticks)] = before;
        let done = [(money - 7, sticks + 1), (others + 7, others_sticks - 1)];
        let now = [wealth(&*keeper, dagna).await, wealth(&*keeper, thrain).await];
        assert!(now == before || now == done, "half a deal after {looks} looks: {now:?} of {before:?}");
        for _ in 0..2 {
            assert_eq!(keeper.exchange(&there).await.expect("is done"), Exchanged::Done);
        }
        assert_eq!([wealth(&*keeper, dagna).await, wealth(&*keeper, thrain).await], done, "once");
        assert_eq!(keeper.exchange(&back).await.expect("is done"), Exchanged::Done);
        before = [wealth(&*keeper, dagna).await, wealth(&*keeper, thrain).await];
        match finished {
            None => torn += 1,
            Some(outcome) => assert_eq!(outcome.expect("is done"), Exchanged::Done),
        }
    }
    assert!(torn > 4, "a deal waits for its records more often than that: {torn}");
    let wanted = EventQuery { kind: Some("economy.transferred".to_owned()), ..EventQuery::default() };
    let told = list(&test.store, &wanted, 1_000).await.expect("reads");
    let trades = told.iter().filter(|event| event.envelope.data["reason"] == "trade").count();
    assert_eq!(trades, tries.count() * 4, "coins one way and a torch the other, there and back, each once");
}

#[tokio::test]
async fn what_is_not_owned_or_is_worn_changes_no_hands() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let (dagna, thrain) = (fighter(&test, &mira, "Dagna").await, fighter(&test, &mira, "Thrain").await);
    let keeper = characters::keeper(&test.domain);
    let before = keeper.character(dagna).await.expect("is there");
    let lots_of = |item| before.belongings.iter().filter(|lot| lot.item == item).count();
    let worn = before.belongings.iter().find(|lot| lot.equipped && lots_of(lot.item) == 1);
    let worn = worn.expect("a fighter wears something of which there is no second");
    let worn = Goods { item: worn.item.to_string(), count: 1 };
    for (given, why) in [
        (lot(u32::MAX, 0), "copper pieces"),
        (lot(0, 10_000), TORCH),
        (Lot { money_cp: 0, goods: vec![worn.clone()] }, &*worn.item),
    ] {
        let outcome = keeper.exchange(&deal([(thrain, lot(1, 0)), (dagna, given)])).await.expect("answers");
        let Exchanged::Impossible(reason) = outcome else { panic!("{why} has changed hands") };
        assert!(reason.starts_with("Dagna ") && reason.contains(why), "{reason}");
    }
    assert_eq!(keeper.character(dagna).await.expect("is there"), before);
    assert!(matches!(
        keeper.exchange(&deal([(dagna, lot(1, 0)), (dagna, lot(0, 0))])).await,
        Ok(Exchanged::Impossible(_))
    ));
}
