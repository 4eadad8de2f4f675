//! Sign-ins.

use grid::{AccountId, SessionId};
use store::sessions::{self, Session, SessionKind};
use uuid::Uuid;

use crate::databases::{TestStore, after};

on_both_databases! {
    a_session_is_found_by_its_secret,
    of_many_who_refresh_with_the_same_token_one_wins,
    a_family_ends_as_a_whole,
    what_has_ended_is_purged,
}

fn session(account_id: AccountId, family_id: Uuid, hash: &str) -> Session {
    let now = store::now();
    Session {
        id: SessionId::from_uuid(Uuid::now_v7()),
        account_id,
        family_id,
        kind: SessionKind::Refresh,
        token_hash: hash.to_owned(),
        replaced_by: None,
        replaced_at: None,
        created_at: now,
        expires_at: after(now, 600),
        revoked_at: None,
        user_agent: Some("a client".to_owned()),
        address: None,
        impersonator: None,
    }
}

async fn a_session_is_found_by_its_secret(test: TestStore) {
    let account = test.account("Mira").await;
    let cookie = Session { kind: SessionKind::Cookie, ..session(account, Uuid::now_v7(), "hash") };
    sessions::insert(&test.store, &cookie).await.expect("is added");
    assert_eq!(sessions::find_by_hash(&test.store, "hash").await.expect("reads").as_ref(), Some(&cookie));
    assert_eq!(sessions::find(&test.store, cookie.id).await.expect("reads").as_ref(), Some(&cookie));
    assert_eq!(sessions::find_by_hash(&test.store, "another").await.expect("reads"), None);
    let later = after(cookie.expires_at, 600);
    sessions::keep_until(&test.store, cookie.id, later).await.expect("prolongs");
    let kept = sessions::find(&test.store, cookie.id).await.expect("reads").expect("is there");
    assert_eq!(kept.expires_at, later);
}

async fn of_many_who_refresh_with_the_same_token_one_wins(test: TestStore) {
    let account = test.account("Mira").await;
    let first = session(account, Uuid::now_v7(), "hash");
    sessions::insert(&test.store, &first).await.expect("is added");
    let tries = (0..16).map(|_| {
        let (store, id) = (test.store.clone(), first.id);
        tokio::spawn(async move {
            let successor = SessionId::from_uuid(Uuid::now_v7());
            sessions::replace(&store, id, successor, store::now()).await.expect("tries")
        })
    });
    let mut winners = 0;
    for winner in tries.collect::<Vec<_>>() {
        winners += usize::from(winner.await.expect("joins"));
    }
    assert_eq!(winners, 1);
}

async fn a_family_ends_as_a_whole(test: TestStore) {
    let account = test.account("Mira").await;
    let family = Uuid::now_v7();
    let (first, second) = (session(account, family, "first"), session(account, family, "second"));
    let stranger = session(account, Uuid::now_v7(), "stranger");
    for one in [&first, &second, &stranger] {
        sessions::insert(&test.store, one).await.expect("is added");
    }
    assert_eq!(sessions::revoke_family(&test.store, family, store::now()).await.expect("ends"), 2);
    assert_eq!(sessions::revoke_family(&test.store, family, store::now()).await.expect("ends"), 0);
    let successor = SessionId::from_uuid(Uuid::now_v7());
    assert!(!sessions::replace(&test.store, second.id, successor, store::now()).await.expect("tries"));
    assert!(sessions::replace(&test.store, stranger.id, successor, store::now()).await.expect("tries"));
}

async fn what_has_ended_is_purged(test: TestStore) {
    let account = test.account("Mira").await;
    let (over, live) = (session(account, Uuid::now_v7(), "over"), session(account, Uuid::now_v7(), "live"));
    let live = Session { expires_at: after(live.expires_at, 6_000), ..live };
    sessions::insert(&test.store, &over).await.expect("is added");
    sessions::insert(&test.store, &live).await.expect("is added");
    assert_eq!(sessions::purge(&test.store, after(over.expires_at, 1)).await.expect("purges"), 1);
    assert!(sessions::find(&test.store, live.id).await.expect("reads").is_some());
}
