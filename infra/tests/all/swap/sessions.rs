//! A session store that changes hands while people sign in and out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use infra::sessions::SessionRecord;
use serde_json::json;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{House, PATIENCE, to};
use crate::session_stories;

#[tokio::test(flavor = "multi_thread")]
async fn sessions_come_along_while_people_sign_in_and_out() {
    let house = House::embedded().await;
    let (node, account) = (house.node("session_store"), Uuid::now_v7());
    let sessions = Arc::clone(&house.sessions);
    let mut known = Vec::new();
    for _ in 0..60 {
        let session = session_stories::session(account);
        sessions.put(&session).await.expect("puts");
        known.push(session);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let busy = tokio::spawn({
        let (sessions, stop, mut known) = (Arc::clone(&sessions), Arc::clone(&stop), known.clone());
        async move {
            // Signs in, renews and ends, one after the other, for as long as the swap takes.
            for turn in 0.. {
                if stop.load(Ordering::Relaxed) && turn > 60 {
                    break;
                }
                let now = chrono::Utc::now();
                let fresh = session_stories::session(account);
                sessions.put(&fresh).await.expect("puts");
                let next = SessionRecord { family_id: fresh.family_id, ..session_stories::session(account) };
                assert!(sessions.replace(fresh.id, &next, now).await.expect("renews"));
                let oldest = known.remove(0);
                assert!(sessions.revoke_family(oldest.family_id, now).await.expect("ends") > 0);
                known.extend([next]);
                sleep(Duration::from_millis(2)).await;
            }
            known
        }
    });
    let cluster = std::env::var("REALMKEEP_TEST_REDIS_CLUSTER_URLS").expect("`cargo xtask test` starts it");
    let servers: Vec<&str> = cluster.split(',').collect();
    let done = node.swap(&to("redis", json!({"servers": servers, "cluster": true}))).await.expect("swaps");
    assert!(done.moved["sessions"] >= 60, "{done:?}");
    assert!(sessions.place().contains("Cluster"));
    stop.store(true, Ordering::Relaxed);
    let live = timeout(PATIENCE, busy).await.expect("in time").expect("no panic");
    let now = chrono::Utc::now();
    let mut expected: Vec<Uuid> = live.iter().map(|session| session.id).collect();
    let mut listed: Vec<Uuid> =
        sessions.of_account(account, now).await.expect("lists").iter().map(|session| session.id).collect();
    expected.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, expected, "nobody is signed out, and nobody comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_over_there_meanwhile_is_not_undone_by_who_crosses_later() {
    let (early, late) = (House::embedded().await, House::embedded().await);
    let account = Uuid::now_v7();
    let (renewed, ended) = (session_stories::session(account), session_stories::session(account));
    for session in [&renewed, &ended] {
        early.sessions.put(session).await.expect("puts");
    }
    // Both stand on one store, and cross to another one by one.
    let there = crate::server_url("REALMKEEP_TEST_REDIS_URL").trim_end_matches('/').to_owned() + "/4";
    let order = to("redis", json!({"servers": [there]}));
    early.node("session_store").swap(&order).await.expect("swaps");
    let now = chrono::Utc::now();
    let next = SessionRecord { family_id: renewed.family_id, ..session_stories::session(account) };
    assert!(early.sessions.replace(renewed.id, &next, now).await.expect("renews"));
    assert_eq!(early.sessions.revoke_family(ended.family_id, now).await.expect("ends"), 1);
    late.node("session_store").swap(&order).await.expect("swaps");
    let listed = late.sessions.of_account(account, now).await.expect("lists");
    assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [next.id]);
    let again = session_stories::session(account);
    assert!(!late.sessions.replace(renewed.id, &again, now).await.expect("answers"), "it was used before");
}
