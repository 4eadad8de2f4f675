//! The session store's drivers of this crate.

use std::sync::Arc;

use infra::{
    RedisAddress,
    sessions::{SharedSessions, redis::RedisSessions},
};
use uuid::Uuid;

use crate::session_stories as stories;

async fn redis(address: RedisAddress) -> SharedSessions {
    Arc::new(RedisSessions::connect(&address).await.expect("Redis answers"))
}

fn server() -> RedisAddress {
    RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"))
}

for_each_driver! {
    {
        redis_driver: redis(server()).await,
        cluster_driver: redis(crate::cluster()).await,
    }
    a_session_is_found_by_its_secret_and_its_id,
    of_all_who_replace_a_session_one_wins,
    a_session_that_is_over_is_not_replaced,
    a_family_ends_together,
    an_account_ends_all_but_one,
    use_prolongs_a_session_that_was_not_ended,
    what_is_put_again_is_replaced,
    all_sessions_can_be_copied_page_by_page,
    what_ended_long_ago_is_purged,
    a_node_that_works_says_so,
}

async fn a_session_is_found_by_its_secret_and_its_id(sessions: SharedSessions) {
    stories::a_session_is_found_by_its_secret_and_its_id(sessions, Uuid::now_v7()).await;
}

async fn of_all_who_replace_a_session_one_wins(sessions: SharedSessions) {
    stories::of_all_who_replace_a_session_one_wins(sessions, Uuid::now_v7()).await;
}

async fn a_session_that_is_over_is_not_replaced(sessions: SharedSessions) {
    stories::a_session_that_is_over_is_not_replaced(sessions, Uuid::now_v7()).await;
}

async fn a_family_ends_together(sessions: SharedSessions) {
    stories::a_family_ends_together(sessions, Uuid::now_v7()).await;
}

async fn an_account_ends_all_but_one(sessions: SharedSessions) {
    stories::an_account_ends_all_but_one(sessions, Uuid::now_v7()).await;
}

async fn use_prolongs_a_session_that_was_not_ended(sessions: SharedSessions) {
    stories::use_prolongs_a_session_that_was_not_ended(sessions, Uuid::now_v7()).await;
}

async fn what_is_put_again_is_replaced(sessions: SharedSessions) {
    stories::what_is_put_again_is_replaced(sessions, Uuid::now_v7()).await;
}

async fn all_sessions_can_be_copied_page_by_page(sessions: SharedSessions) {
    stories::all_sessions_can_be_copied_page_by_page(sessions, Uuid::now_v7()).await;
}

async fn what_ended_long_ago_is_purged(sessions: SharedSessions) {
    stories::what_ended_long_ago_is_purged(sessions, Uuid::now_v7()).await;
}

async fn a_node_that_works_says_so(sessions: SharedSessions) {
    sessions.probe().await.expect("is well");
    assert!(!sessions.place().is_empty());
    sessions.close().await;
}
