//! The dashboard's sessions.

use std::time::Duration;

use api::auth::LoginRequest;
use domain::{
    Arrival, AuthSettings, DomainSettings, Error,
    sessions::{self, Opened},
};

use crate::test_domain::{OWNER_EMAIL, PASSWORD, TestDomain};

async fn open(test: &TestDomain, email: &str) -> Result<Opened, Error> {
    let request = LoginRequest { email: email.to_owned(), password: PASSWORD.to_owned(), code: None };
    sessions::open(&test.domain, &test.visitor(), request).await
}

#[tokio::test]
async fn a_cookie_stands_for_its_account_until_it_is_closed() {
    let test = TestDomain::new().await;
    let opened = open(&test, OWNER_EMAIL).await.expect("signs in");
    let actor =
        sessions::authenticate(&test.domain, &opened.token, Arrival::within()).await.expect("is let in");
    assert_eq!(actor.account, Some(opened.account.id));
    sessions::close(&test.domain, &actor).await.expect("signs out");
    let late = sessions::authenticate(&test.domain, &opened.token, Arrival::within()).await;
    assert!(matches!(late, Err(Error::Unauthenticated)), "{late:?}");
    sessions::close(&test.domain, &test.visitor()).await.expect("a visitor has none to close");
}

#[tokio::test]
async fn a_session_ends_without_use() {
    let auth = AuthSettings { session_ttl: Duration::ZERO, ..AuthSettings::default() };
    let test = TestDomain::with(DomainSettings { auth, ..DomainSettings::default() }).await;
    let opened = open(&test, OWNER_EMAIL).await.expect("signs in");
    let late = sessions::authenticate(&test.domain, &opened.token, Arrival::within()).await;
    assert!(matches!(late, Err(Error::Unauthenticated)), "{late:?}");
}

#[tokio::test]
async fn a_refresh_token_is_no_cookie() {
    let test = TestDomain::new().await;
    let tokens = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    let cookie = tokens.refresh_token.into();
    let refused = sessions::authenticate(&test.domain, &cookie, Arrival::within()).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)), "{refused:?}");
}

#[tokio::test]
async fn the_dashboard_is_not_for_players() {
    let test = TestDomain::new().await;
    test.player("Mira").await;
    let refused = open(&test, "mira@example.org").await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
}
