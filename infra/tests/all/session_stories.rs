//! What every driver of the session store promises. Drivers of other crates include this file.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use infra::sessions::{SessionKind, SessionRecord, SharedSessions};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// A session of that account that lasts for an hour.
pub(crate) fn session(account_id: Uuid) -> SessionRecord {
    let id = Uuid::now_v7();
    SessionRecord {
        id,
        account_id,
        family_id: id,
        kind: SessionKind::Refresh,
        token_hash: format!("hash-of-{}", id.simple()),
        replaced_by: None,
        replaced_at: None,
        created_at: now(),
        expires_at: now() + TimeDelta::hours(1),
        revoked_at: None,
        user_agent: Some("a \"browser\" ünïcode".to_owned()),
        address: Some("127.0.0.1".to_owned()),
        impersonator: None,
    }
}

async fn signed_in(sessions: &SharedSessions, account: Uuid) -> SessionRecord {
    let session = session(account);
    sessions.put(&session).await.expect("puts");
    session
}

pub(crate) async fn a_session_is_found_by_its_secret_and_its_id(sessions: SharedSessions, account: Uuid) {
    let session = signed_in(&sessions, account).await;
    let by_hash = sessions.find_by_hash(&session.token_hash).await.expect("asks");
    assert_eq!(by_hash.as_ref(), Some(&session));
    assert_eq!(sessions.find(session.id).await.expect("asks"), Some(session));
    assert_eq!(sessions.find_by_hash("unheard of").await.expect("asks"), None);
    assert_eq!(sessions.find(Uuid::now_v7()).await.expect("asks"), None);
}

pub(crate) async fn of_all_who_replace_a_session_one_wins(sessions: SharedSessions, account: Uuid) {
    let first = signed_in(&sessions, account).await;
    let tries = (0..8).map(|_| {
        let sessions = SharedSessions::clone(&sessions);
        let next = SessionRecord { family_id: first.family_id, ..session(account) };
        async move { (sessions.replace(first.id, &next, now()).await.expect("answers"), next) }
    });
    let outcomes = futures::future::join_all(tries).await;
    let winners: Vec<&SessionRecord> =
        outcomes.iter().filter(|(won, _)| *won).map(|(_, next)| next).collect();
    let [winner] = winners.as_slice() else { panic!("{} winners", winners.len()) };
    let replaced = sessions.find(first.id).await.expect("asks").expect("is kept");
    assert_eq!(replaced.replaced_by, Some(winner.id));
    assert!(replaced.replaced_at.is_some());
    for (won, next) in &outcomes {
        assert_eq!(sessions.find_by_hash(&next.token_hash).await.expect("asks").is_some(), *won);
    }
}

pub(crate) async fn a_session_that_is_over_is_not_replaced(sessions: SharedSessions, account: Uuid) {
    let next = session(account);
    assert!(!sessions.replace(Uuid::now_v7(), &next, now()).await.expect("answers"), "it never was");
    let ended = signed_in(&sessions, account).await;
    sessions.revoke_family(ended.family_id, now()).await.expect("ends");
    assert!(!sessions.replace(ended.id, &next, now()).await.expect("answers"));
    let expired = signed_in(&sessions, account).await;
    let later = expired.expires_at + TimeDelta::seconds(1);
    assert!(!sessions.replace(expired.id, &next, later).await.expect("answers"));
    assert_eq!(sessions.find(next.id).await.expect("asks"), None, "nothing was added");
}

pub(crate) async fn a_family_ends_together(sessions: SharedSessions, account: Uuid) {
    let first = signed_in(&sessions, account).await;
    let second = SessionRecord { family_id: first.family_id, ..session(account) };
    assert!(sessions.replace(first.id, &second, now()).await.expect("answers"));
    let other = signed_in(&sessions, account).await;
    let newest = sessions.find_live_of_family(first.family_id, now()).await.expect("asks");
    assert_eq!(newest.map(|session| session.id), Some(second.id));
    let at = now();
    assert_eq!(sessions.revoke_family(first.family_id, at).await.expect("ends"), 2);
    assert_eq!(sessions.revoke_family(first.family_id, now()).await.expect("ends"), 0, "only once");
    let ended = sessions.find(second.id).await.expect("asks").expect("is kept");
    assert_eq!(ended.revoked_at, Some(at));
    assert_eq!(sessions.find_live_of_family(first.family_id, now()).await.expect("asks"), None);
    assert!(sessions.find(other.id).await.expect("asks").expect("is there").is_live(now()));
}

pub(crate) async fn an_account_ends_all_but_one(sessions: SharedSessions, account: Uuid) {
    let (mine, lost, stolen) = (
        signed_in(&sessions, account).await,
        signed_in(&sessions, account).await,
        signed_in(&sessions, account).await,
    );
    let listed = sessions.of_account(account, now()).await.expect("lists");
    let ids: Vec<Uuid> = listed.iter().map(|session| session.id).collect();
    assert_eq!(ids, [stolen.id, lost.id, mine.id], "the newest first");
    let ended = sessions.revoke_account(account, Some(mine.family_id), now()).await.expect("ends");
    assert_eq!(ended, 2);
    let listed = sessions.of_account(account, now()).await.expect("lists");
    assert_eq!(listed, [mine]);
    assert_eq!(sessions.revoke_account(account, None, now()).await.expect("ends"), 1);
    assert!(sessions.of_account(account, now()).await.expect("lists").is_empty());
}

pub(crate) async fn use_prolongs_a_session_that_was_not_ended(sessions: SharedSessions, account: Uuid) {
    let (used, ended) = (signed_in(&sessions, account).await, signed_in(&sessions, account).await);
    sessions.revoke_family(ended.family_id, now()).await.expect("ends");
    let until = now() + TimeDelta::hours(5);
    for id in [used.id, ended.id, Uuid::now_v7()] {
        sessions.keep_until(id, until).await.expect("an unknown one is no error");
    }
    assert_eq!(sessions.find(used.id).await.expect("asks").expect("is there").expires_at, until);
    let ended_now = sessions.find(ended.id).await.expect("asks").expect("is kept");
    assert_eq!(ended_now.expires_at, ended.expires_at);
}

pub(crate) async fn what_is_put_again_is_replaced(sessions: SharedSessions, account: Uuid) {
    let mut session = signed_in(&sessions, account).await;
    session.revoked_at = Some(now());
    sessions.put(&session).await.expect("puts");
    assert_eq!(sessions.find(session.id).await.expect("asks"), Some(session));
}

pub(crate) async fn all_sessions_can_be_copied_page_by_page(sessions: SharedSessions, account: Uuid) {
    let mut expected = Vec::new();
    for _ in 0..450 {
        expected.push(signed_in(&sessions, account).await.id);
    }
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = sessions.page(cursor).await.expect("lists");
        let mine = page.sessions.iter().filter(|session| session.account_id == account);
        seen.extend(mine.map(|session| session.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, expected);
}

pub(crate) async fn what_ended_long_ago_is_purged(sessions: SharedSessions, account: Uuid) {
    let (live, ended) = (signed_in(&sessions, account).await, signed_in(&sessions, account).await);
    let over = SessionRecord { expires_at: now() - TimeDelta::minutes(10), ..session(account) };
    sessions.put(&over).await.expect("puts");
    sessions.revoke_family(ended.family_id, now() - TimeDelta::days(40)).await.expect("ends");
    sessions.purge(now() - TimeDelta::minutes(5)).await.expect("purges");
    assert_eq!(sessions.find(over.id).await.expect("asks"), None);
    assert!(sessions.find(live.id).await.expect("asks").is_some());
    let kept = sessions.find(ended.id).await.expect("asks").expect("is kept for as long as a copy may live");
    assert!(kept.revoked_at.is_some());
}
