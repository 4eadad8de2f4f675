//! Stays in the game.

use grid::{EntityId, RegionCoord, SessionId};
use store::game_sessions::{self, GameSession};
use uuid::Uuid;

use crate::databases::{TestStore, after};

on_both_databases! {
    a_dropped_socket_comes_back_with_its_token_once,
    a_session_that_is_over_cannot_be_resumed,
    a_live_session_is_found_by_its_character,
}

async fn joined(test: &TestStore) -> GameSession {
    let (account_id, world_id) = (test.account("Mira").await, test.world("Demo").await);
    let now = store::now();
    let session = GameSession {
        id: SessionId::from_uuid(Uuid::now_v7()),
        account_id,
        character_id: test.character(account_id, world_id, "Mira").await,
        entity_id: EntityId::from_uuid(Uuid::now_v7()),
        world_id,
        region_id: RegionCoord::new(0, 0).id(world_id),
        resume_token_hash: "first".to_owned(),
        created_at: now,
        expires_at: after(now, 30),
        ended_at: None,
        sign_in: None,
    };
    game_sessions::insert(&test.store, &session).await.expect("is added");
    session
}

async fn a_dropped_socket_comes_back_with_its_token_once(test: TestStore) {
    let session = joined(&test).await;
    let (now, until) = (after(session.created_at, 10), after(session.created_at, 40));
    let resumed = game_sessions::resume(&test.store, "first", "second", now, until).await.expect("looks");
    let expected = GameSession { resume_token_hash: "second".to_owned(), expires_at: until, ..session };
    assert_eq!(resumed, Some(expected));
    let again = game_sessions::resume(&test.store, "first", "third", now, until).await.expect("looks");
    assert_eq!(again, None, "a token works once");
}

async fn a_session_that_is_over_cannot_be_resumed(test: TestStore) {
    let session = joined(&test).await;
    let late = after(session.expires_at, 0);
    let resumed = game_sessions::resume(&test.store, "first", "second", late, after(late, 30)).await;
    assert_eq!(resumed.expect("looks"), None, "it was dropped too long ago");
    let now = after(session.created_at, 1);
    game_sessions::end(&test.store, session.id, now).await.expect("ends");
    game_sessions::keep_until(&test.store, session.id, after(now, 600)).await.expect("changes nothing");
    let resumed = game_sessions::resume(&test.store, "first", "second", now, after(now, 30)).await;
    assert_eq!(resumed.expect("looks"), None, "its player said goodbye");
    assert_eq!(game_sessions::purge(&test.store, after(now, 3_600)).await.expect("purges"), 1);
}

async fn a_live_session_is_found_by_its_character(test: TestStore) {
    let session = joined(&test).await;
    let now = after(session.created_at, 1);
    let find = async || {
        game_sessions::find_live_of_character(&test.store, session.character_id, now).await.expect("reads")
    };
    assert_eq!(find().await.as_ref(), Some(&session));
    game_sessions::end(&test.store, session.id, now).await.expect("ends");
    assert_eq!(find().await, None);
}
