//! What happened, from the deed to the stream.

use api::event::EventFilter;
use domain::{Error, events};
use grid::AccountId;
use infra::{
    events::Envelope,
    streams::{Reader, Start},
};
use std::time::Duration;
use store::events::{Context, Happening};

use crate::test_domain::{TestDomain, may};

fn of_kind(kind: &str) -> EventFilter {
    EventFilter { kind: Some(kind.to_owned()), ..EventFilter::default() }
}

#[tokio::test]
async fn what_people_do_is_written_down_and_relayed_in_order() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    test.player("Mira").await;
    let listed = events::list(&test.domain, &may(&owner), of_kind("account.*")).await.expect("lists");
    let kinds: Vec<_> = listed.items.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["account.signed_in", "account.registered", "account.signed_in", "account.registered"]);
    let newest = &listed.items[0];
    assert!(newest.correlation.is_some() && newest.actor.is_some() && newest.relayed_at.is_none());
    assert_eq!(
        newest.subject.as_deref(),
        Some(format!("account/{}", newest.actor.expect("has one")).as_str())
    );

    let relayed = events::relay_all(&test.domain).await.expect("relays");
    assert!(relayed >= 4);
    assert_eq!(events::relay_all(&test.domain).await.expect("relays"), 0, "each is relayed once");
    let reader = Reader { stream: "events.account".into(), group: "g".into(), consumer: "c".into() };
    test.streams.join(&reader.stream, &reader.group, Start::Beginning).await.expect("joins");
    let entries = test.streams.read(&reader, 100, Duration::ZERO).await.expect("reads");
    let mut told: Vec<Envelope> =
        entries.iter().map(|entry| serde_json::from_slice(&entry.payload).expect("an envelope")).collect();
    told.reverse();
    let ids: Vec<_> = told.iter().map(|event| event.id).collect();
    assert_eq!(ids, listed.items.iter().map(|event| event.id).collect::<Vec<_>>(), "in the order of the log");
}

#[tokio::test]
async fn the_log_is_filtered_and_read_page_by_page() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let account_id = owner.account.expect("signed in");
    for _ in 0..60 {
        let signed_in = Happening::AccountSignedIn { account_id };
        let written = store::events::append(&test.store, &signed_in, store::now(), Context::default()).await;
        written.expect("is written down");
    }
    let first = events::list(&test.domain, &may(&owner), of_kind("account.*")).await.expect("lists");
    assert_eq!(first.items.len(), 50);
    let next = EventFilter { cursor: first.next.clone(), ..of_kind("account.*") };
    let second = events::list(&test.domain, &may(&owner), next).await.expect("lists");
    assert_eq!((second.items.len(), second.next), (12, None), "and what the owner did");
    let of_owner = EventFilter { actor: owner.account.map(AccountId::uuid), ..EventFilter::default() };
    assert_eq!(events::list(&test.domain, &may(&owner), of_owner).await.expect("lists").items.len(), 1);
    let wrong = EventFilter { cursor: Some("tomorrow".into()), ..EventFilter::default() };
    assert!(matches!(events::list(&test.domain, &may(&owner), wrong).await, Err(Error::InvalidField { .. })));
}
