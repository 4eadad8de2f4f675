//! Two processes of one installation, over a real Redis.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{Actor, Arrival, authority, authority::Change, sessions, tokens};
use infra::bus::{SharedBus, redis::RedisBus};
use tokio_util::sync::CancellationToken;

use crate::test_domain::{PASSWORD, TestDomain, server_url, until};

/// What was promised.
const WITHIN: Duration = Duration::from_secs(1);
/// A machine that is busy with others' work may be late once or twice.
const TRIES: usize = 3;

async fn redis() -> SharedBus {
    let url = server_url("REALMKEEP_TEST_REDIS_URL");
    Arc::new(RedisBus::connect(&url).await.expect("Redis answers"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_honours_a_revocation_within_a_second_also_under_load() {
    let (here, stop) = (TestDomain::on_bus(redis().await).await, CancellationToken::new());
    let there = here.beside(redis().await).await;
    authority::watch(&there.domain, stop.clone()).await.expect("listens");
    let mira = here.player("Mira").await;
    let mut took: Vec<Duration> = Vec::new();
    while took.len() < TRIES && took.last().is_none_or(|took| *took >= WITHIN) {
        took.push(revoke_under_load(&here, &there, &mira).await);
    }
    assert!(took.last().is_some_and(|took| *took < WITHIN), "it took {took:?}");
    stop.cancel();
}

/// Ends a sign-in here, and says how long it was worth something there.
#[expect(clippy::print_stdout, reason = "the figure is for those who ask how quick it is")]
async fn revoke_under_load(here: &TestDomain, there: &TestDomain, mira: &Actor) -> Duration {
    let elsewhere = here.login("mira@example.org", PASSWORD).await.expect("signs in");
    let is_in = async || {
        let bearer = elsewhere.access_token.clone().into();
        tokens::authenticate(&there.domain, &bearer, Arrival::within()).await.is_ok()
    };
    let busy = Arc::new(AtomicBool::new(true));
    let load: Vec<_> = (0..4)
        .map(|_| {
            tokio::spawn(ask_on(there.domain.clone(), elsewhere.access_token.clone(), Arc::clone(&busy)))
        })
        .collect();
    assert!(is_in().await, "the other process knows the sign-in");

    let mut changes = there.domain.standing_changes();
    let since = Instant::now();
    end_others(here, mira).await;
    let heard = tokio::time::timeout(Duration::from_secs(60), changes.recv())
        .await
        .expect("is told")
        .expect("is told");
    let told_after = since.elapsed();
    assert_eq!(heard, Change::Of(mira.account.expect("has one")), "sockets there are told");
    until("the other process refuses", async || !is_in().await).await;
    let refused_after = since.elapsed();
    println!("told after {} ms, refused after {} ms", told_after.as_millis(), refused_after.as_millis());
    busy.store(false, Ordering::Relaxed);
    for task in load {
        assert!(task.await.expect("joins") > 0, "there was load");
    }
    refused_after
}

async fn end_others(here: &TestDomain, mira: &Actor) {
    sessions::revoke_others(&here.domain, mira).await.expect("are ended");
}

/// Asks who a token is, as fast as it is answered.
async fn ask_on(domain: domain::Domain, token: String, busy: Arc<AtomicBool>) -> u64 {
    let mut asked = 0;
    while busy.load(Ordering::Relaxed) {
        let _ = tokens::authenticate(&domain, &token.clone().into(), Arrival::within()).await;
        asked += 1;
        tokio::task::yield_now().await;
    }
    asked
}
