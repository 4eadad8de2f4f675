//! Worlds.

use store::{StoreError, worlds};

use crate::databases::{TestStore, after, world};

on_both_databases! { worlds_come_back_whole_and_oldest_first, a_world_has_a_name_of_its_own }

async fn worlds_come_back_whole_and_oldest_first(test: TestStore) {
    let first = world("First");
    let second = worlds::WorldRecord { created_at: after(first.created_at, 1), seed: 0, ..world("Second") };
    worlds::insert(&test.store, &second).await.expect("is added");
    worlds::insert(&test.store, &first).await.expect("is added");
    assert_eq!(worlds::list(&test.store).await.expect("lists"), [first.clone(), second]);
    let found = worlds::find(&test.store, first.id).await.expect("reads").expect("is there");
    assert_eq!(found.seed, u64::MAX - 1, "all 64 bits of a seed survive");
}

async fn a_world_has_a_name_of_its_own(test: TestStore) {
    test.world("Demo").await;
    let again = worlds::insert(&test.store, &world("Demo")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}
