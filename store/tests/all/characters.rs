//! Characters.

use grid::Position;
use store::{StoreError, characters};

use crate::databases::{TestStore, after, character};

on_both_databases! {
    a_character_comes_back_as_it_was_put,
    a_name_is_unique_in_its_world_whatever_the_case,
    positions_are_saved_together,
}

async fn a_character_comes_back_as_it_was_put(test: TestStore) {
    let (account, world) = (test.account("Mira").await, test.world("Demo").await);
    let mira = character(account, world, "Mira");
    characters::insert(&test.store, &mira).await.expect("is added");
    assert_eq!(characters::find(&test.store, mira.id).await.expect("reads").as_ref(), Some(&mira));
    let own = characters::list_of_account(&test.store, account).await.expect("lists");
    assert_eq!(own, std::slice::from_ref(&mira));
    assert_eq!(characters::count_of_account(&test.store, account).await.expect("counts"), 1);
    let later = after(mira.created_at, 5);
    characters::note_played(&test.store, mira.id, later).await.expect("notes");
    let played = characters::find(&test.store, mira.id).await.expect("reads").expect("is there");
    assert_eq!(played.last_played_at, Some(later));
}

async fn a_name_is_unique_in_its_world_whatever_the_case(test: TestStore) {
    let (account, demo) = (test.account("Mira").await, test.world("Demo").await);
    test.character(account, demo, "Ødgar").await;
    let again = characters::insert(&test.store, &character(account, demo, "øDGAR")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let elsewhere = test.world("Elsewhere").await;
    test.character(account, elsewhere, "Ødgar").await;
}

async fn positions_are_saved_together(test: TestStore) {
    let (account, world) = (test.account("Mira").await, test.world("Demo").await);
    let (mira, brega) =
        (test.character(account, world, "Mira").await, test.character(account, world, "Brega").await);
    let later = after(store::now(), 5);
    let (here, there) = (Position { x: 1, y: 2, z: 3 }, Position { x: -1, y: -2, z: -3 });
    characters::save_positions(&test.store, &[(mira, here), (brega, there)], later).await.expect("saves");
    for (id, position) in [(mira, here), (brega, there)] {
        let saved = characters::find(&test.store, id).await.expect("reads").expect("is there");
        assert_eq!((saved.position, saved.updated_at), (position, later));
    }
}
