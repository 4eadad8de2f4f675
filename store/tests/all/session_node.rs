//! The session store's driver that stands on our tables, by the stories that every driver is told by.

use std::sync::Arc;

use infra::sessions::SharedSessions;
use store::DatabaseSessions;
use uuid::Uuid;

use crate::databases::TestStore;

#[path = "../../../infra/tests/all/session_stories.rs"]
mod stories;

on_both_databases! {
    a_session_is_found_by_its_secret_and_its_id,
    of_all_who_replace_a_session_one_wins,
    a_session_that_is_over_is_not_replaced,
    a_family_ends_together,
    an_account_ends_all_but_one,
    use_prolongs_a_session_that_was_not_ended,
    what_is_put_again_is_replaced,
    all_sessions_can_be_copied_page_by_page,
    what_ended_long_ago_is_purged,
}

async fn signed_up(test: &TestStore) -> (SharedSessions, Uuid) {
    (Arc::new(DatabaseSessions::new(test.store.clone())), test.account("Mira").await.uuid())
}

async fn a_session_is_found_by_its_secret_and_its_id(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::a_session_is_found_by_its_secret_and_its_id(sessions, mira).await;
}

async fn of_all_who_replace_a_session_one_wins(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::of_all_who_replace_a_session_one_wins(sessions, mira).await;
}

async fn a_session_that_is_over_is_not_replaced(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::a_session_that_is_over_is_not_replaced(sessions, mira).await;
}

async fn a_family_ends_together(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::a_family_ends_together(sessions, mira).await;
}

async fn an_account_ends_all_but_one(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::an_account_ends_all_but_one(sessions, mira).await;
}

async fn use_prolongs_a_session_that_was_not_ended(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::use_prolongs_a_session_that_was_not_ended(sessions, mira).await;
}

async fn what_is_put_again_is_replaced(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::what_is_put_again_is_replaced(sessions, mira).await;
}

async fn all_sessions_can_be_copied_page_by_page(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::all_sessions_can_be_copied_page_by_page(sessions, mira).await;
}

async fn what_ended_long_ago_is_purged(test: TestStore) {
    let (sessions, mira) = signed_up(&test).await;
    stories::what_ended_long_ago_is_purged(sessions, mira).await;
}
