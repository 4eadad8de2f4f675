//! Tickets for the game socket.

use store::tickets::{self, TicketHolder};

use crate::databases::{TestStore, after};

on_both_databases! {
    a_ticket_lets_in_once,
    an_old_ticket_lets_nobody_in,
    of_many_who_come_with_the_same_ticket_one_gets_in,
}

async fn holder(test: &TestStore) -> TicketHolder {
    let (account_id, world) = (test.account("Mira").await, test.world("Demo").await);
    let character_id = test.character(account_id, world, "Mira").await;
    TicketHolder { account_id, character_id, sign_in: None }
}

async fn a_ticket_lets_in_once(test: TestStore) {
    let (holder, now) = (holder(&test).await, store::now());
    tickets::insert(&test.store, "hash", holder, now, after(now, 30)).await.expect("is added");
    assert_eq!(tickets::consume(&test.store, "another", now).await.expect("looks"), None);
    assert_eq!(tickets::consume(&test.store, "hash", after(now, 1)).await.expect("looks"), Some(holder));
    assert_eq!(tickets::consume(&test.store, "hash", after(now, 1)).await.expect("looks"), None);
}

async fn an_old_ticket_lets_nobody_in(test: TestStore) {
    let (holder, now) = (holder(&test).await, store::now());
    tickets::insert(&test.store, "hash", holder, now, after(now, 30)).await.expect("is added");
    assert_eq!(tickets::consume(&test.store, "hash", after(now, 30)).await.expect("looks"), None);
    assert_eq!(tickets::purge(&test.store, after(now, 60)).await.expect("purges"), 1);
}

async fn of_many_who_come_with_the_same_ticket_one_gets_in(test: TestStore) {
    let (holder, now) = (holder(&test).await, store::now());
    tickets::insert(&test.store, "hash", holder, now, after(now, 30)).await.expect("is added");
    let tries = (0..16).map(|_| {
        let store = test.store.clone();
        tokio::spawn(async move { tickets::consume(&store, "hash", now).await.expect("looks") })
    });
    let mut admitted = 0;
    for entry in tries.collect::<Vec<_>>() {
        admitted += usize::from(entry.await.expect("joins").is_some());
    }
    assert_eq!(admitted, 1);
}
