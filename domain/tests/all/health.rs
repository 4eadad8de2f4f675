//! The parts' health tells the truth, and soon.

use std::{fs, time::Duration};

use api::health::Condition;
use domain::{DomainSettings, HealthSettings, health};
use tokio_util::sync::CancellationToken;

use crate::test_domain::{TestDomain, may, until};

fn quick() -> DomainSettings {
    let health = HealthSettings { probe_every: Duration::from_millis(50), ..HealthSettings::default() };
    DomainSettings { health, ..DomainSettings::default() }
}

#[tokio::test]
async fn a_database_that_goes_is_noticed_and_named() {
    let test = TestDomain::with(quick()).await;
    assert!(!test.domain.health().is_ready(), "nothing was probed yet");
    let shutdown = CancellationToken::new();
    let watch = health::watch(&test.domain, shutdown.clone());
    until("ready", async || test.domain.health().is_ready()).await;

    let owner = test.owner().await;
    fs::remove_file(test.store.place()).expect("removes");
    until("not ready", async || !test.domain.health().is_ready()).await;
    let view = test.domain.health().view();
    let ill: Vec<_> = view.parts.iter().filter(|part| part.condition == Condition::Ill).collect();
    assert_eq!(ill.iter().map(|part| part.part.as_str()).collect::<Vec<_>>(), ["database"]);
    assert!(ill[0].last_error.is_some() && ill[0].required);
    assert!(!health::read(&test.domain, &may(&owner)).ready, "staff see it, too");
    shutdown.cancel();
    watch.await.expect("ends");
}

#[tokio::test]
async fn a_server_on_its_way_down_is_not_ready() {
    let test = TestDomain::with(quick()).await;
    let shutdown = CancellationToken::new();
    let watch = health::watch(&test.domain, shutdown.clone());
    until("ready", async || test.domain.health().is_ready()).await;
    test.domain.health().begin_draining();
    assert!(!test.domain.health().is_ready());
    let view = test.domain.health().view();
    assert!(view.draining && view.parts.iter().all(|part| part.condition != Condition::Ill));
    shutdown.cancel();
    watch.await.expect("ends");
}
