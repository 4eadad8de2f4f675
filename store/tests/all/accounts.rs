//! Accounts.

use store::{StoreError, accounts};

use crate::databases::{TestStore, account, after};

on_both_databases! {
    an_account_is_found_by_id_and_address,
    an_address_has_one_account,
    what_a_dropped_transaction_did_never_happened,
    two_transactions_wait_for_each_other,
}

async fn an_account_is_found_by_id_and_address(test: TestStore) {
    let mira = account("Mira");
    accounts::insert(&test.store, &mira).await.expect("is added");
    assert_eq!(accounts::find(&test.store, mira.id).await.expect("reads").as_ref(), Some(&mira));
    let by_email = accounts::find_by_email(&test.store, "mira@example.org").await.expect("reads");
    assert_eq!(by_email.as_ref(), Some(&mira), "every field comes back as it was put");
    assert_eq!(accounts::find_by_email(&test.store, "brega@example.org").await.expect("reads"), None);
    let later = after(mira.created_at, 60);
    accounts::note_login(&test.store, mira.id, later).await.expect("notes");
    let seen = accounts::find(&test.store, mira.id).await.expect("reads").expect("is there");
    assert_eq!(seen.last_login_at, Some(later));
    assert_eq!(accounts::count_with_role(&test.store, "player").await.expect("counts"), 1);
    assert_eq!(accounts::count_with_role(&test.store, "owner").await.expect("counts"), 0);
}

async fn an_address_has_one_account(test: TestStore) {
    test.account("Mira").await;
    let again = accounts::insert(&test.store, &account("Mira")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

async fn what_a_dropped_transaction_did_never_happened(test: TestStore) {
    let mira = account("Mira");
    let transaction = test.store.begin().await.expect("begins");
    accounts::insert(&transaction, &mira).await.expect("is added");
    assert!(accounts::find(&transaction, mira.id).await.expect("reads").is_some());
    drop(transaction);
    assert_eq!(accounts::find(&test.store, mira.id).await.expect("reads"), None);
}

async fn two_transactions_wait_for_each_other(test: TestStore) {
    let writers = (0..8).map(|writer| {
        let store = test.store.clone();
        tokio::spawn(async move {
            let transaction = store.begin().await?;
            // Reading first is what makes a careless second writer fail.
            accounts::count_with_role(&transaction, "player").await?;
            accounts::insert(&transaction, &account(&format!("Writer{writer}"))).await?;
            transaction.commit().await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("joins").expect("waits its turn");
    }
    assert_eq!(accounts::count_with_role(&test.store, "player").await.expect("counts"), 8);
}
