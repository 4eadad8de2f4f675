//! What the dead leave behind: seen by all who are near, and had by one, once.

use std::{sync::atomic::Ordering, time::Duration};

use game::{GroundPoint, Order};
use grid::{CharacterId, EntityId};
use protocol::{ClientMessage, EntityKind, OrderRefusal, ServerMessage};

use crate::{
    client::Client,
    fights::{entity, request},
    shelf,
    stage::{PATIENCE, Stage},
};

/// Wren, who slew a goblin, and the heap that it left as she sees it.
async fn victor(stage: &Stage) -> (CharacterId, Client, EntityId) {
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(5));
    let mut wren = stage.player_as(character).await;
    let goblin = stage.monster_beside("srd:goblin", &wren).await;
    stage.attack(entity(character), goblin).await;
    wren.until_earned().await;
    let (heap, _) = wren.until_a_heap_is_seen().await;
    (character, wren, heap)
}

impl Client {
    async fn until_a_heap_is_seen(&mut self) -> (EntityId, GroundPoint) {
        self.until_seen("a heap", |client| client.heap().is_some()).await;
        self.heap().expect("it is seen")
    }

    fn heap(&self) -> Option<(EntityId, GroundPoint)> {
        let (cell, heap) = self.view.entities().find(|(_, seen)| seen.kind == EntityKind::Heap)?;
        let [x, _, z] = heap.position(cell);
        Some((EntityId::from_uuid(heap.uuid), GroundPoint::new(x, z)))
    }

    /// Walks to a heap and takes it up.
    async fn fetch(&mut self, stage: &Stage, heap: EntityId) -> (u32, Vec<protocol::Goods>) {
        let (_, at) = self.heap().expect("it is seen");
        let own = EntityId::from_uuid(self.entity_id);
        stage.region.desk().order(request(), own, Order::MoveTo { to: at }).await.expect("a way leads there");
        let walking = async {
            while let Err((code, reason)) = self.take_up(heap).await {
                assert_eq!(code, OrderRefusal::OutOfRange, "{reason}");
                assert!(
                    reason.starts_with("out of reach: ") && reason.ends_with(" ft, reach 5 ft"),
                    "{reason}"
                );
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE, walking).await.expect("she arrives");
        match self.control().await {
            ServerMessage::Looted { heap_id, money_cp, goods } => {
                assert_eq!(heap_id, heap.uuid());
                (money_cp, goods)
            }
            other => panic!("expected to be told what was in it, got {other:?}"),
        }
    }

    async fn take_up(&mut self, heap: EntityId) -> Result<(), (OrderRefusal, String)> {
        self.order(|order| ClientMessage::Take { order, heap_id: heap.uuid() }).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heap_is_seen_by_all_and_had_once_even_if_the_records_stutter() {
    let stage = Stage::start().await;
    let (character, mut wren, heap) = victor(&stage).await;
    let mut finch = stage.player("Finch").await;
    assert_eq!(finch.until_a_heap_is_seen().await.0, heap, "it lies there for all to see");
    let before = stage.shelf.get(character);

    stage.shelf.stutters.store(true, Ordering::Relaxed);
    let (money_cp, goods) = wren.fetch(&stage, heap).await;
    assert!(money_cp > 0, "a goblin has a few coins");
    let after = stage.shelf.get(character);
    assert_eq!(after.money_cp, before.money_cp + money_cp, "what she is told of is hers already, once");
    let count =
        |character: &game::Character| -> u32 { character.belongings.iter().map(|lot| lot.count).sum() };
    assert_eq!(count(&after), count(&before) + goods.iter().map(|some| some.count).sum::<u32>());
    assert!(stage.shelf.heaps().is_empty());

    assert_eq!(finch.take_up(heap).await.expect_err("it is gone").0, OrderRefusal::UnknownTarget);
    finch.until_seen("the ground bare", |finch| finch.heap().is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heap_lies_there_still_when_the_region_was_started_anew() {
    let stage = Stage::start().await;
    let (character, wren, heap) = victor(&stage).await;
    drop(wren);
    let stage = stage.restart_region().await;
    assert_eq!(stage.shelf.heaps().len(), 1);
    let mut wren = stage.player_as(character).await;
    assert_eq!(wren.until_a_heap_is_seen().await.0, heap);
    let before = stage.shelf.get(character).money_cp;
    let (money_cp, _) = wren.fetch(&stage, heap).await;
    assert_eq!(stage.shelf.get(character).money_cp, before + money_cp);
    let stage = stage.restart_region().await;
    let mut wren = stage.player_as(character).await;
    wren.until_seen("herself", |wren| wren.sees(wren.net_id).is_some()).await;
    assert_eq!(wren.heap(), None, "what was taken does not come back");
}
