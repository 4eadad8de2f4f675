//! Accounts, tokens and the desk where people sign in.

use std::time::Duration;

use api::{
    Permission, Problem, ProblemKind, Role,
    auth::{RefreshRequest, RegisterRequest, Tokens},
};
use domain::{Arrival, AuthSettings, DomainSettings, Error, accounts};

use crate::test_domain::{OWNER_EMAIL, PASSWORD, TestDomain};

fn registration(email: &str) -> RegisterRequest {
    RegisterRequest { email: email.into(), password: PASSWORD.into(), display_name: "Mira".into() }
}

async fn refresh(test: &TestDomain, token: &str) -> Result<Tokens, Error> {
    let request = RefreshRequest { refresh_token: token.to_owned() };
    accounts::refresh(&test.domain, &test.visitor(), request).await
}

#[tokio::test]
async fn whoever_registers_can_sign_in_and_is_a_player() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let account = accounts::me(&test.domain, &mira).await.expect("knows oneself");
    assert_eq!((account.email.as_str(), account.role), ("mira@example.org", Role::Player));
    assert!(account.permissions.contains(&Permission::PlayGame));
    assert!(!account.permissions.contains(&Permission::RunJobs));
}

#[tokio::test]
async fn an_address_registers_once_whatever_the_letter_case() {
    let test = TestDomain::new().await;
    accounts::register(&test.domain, &test.visitor(), registration("Mira@Example.org"))
        .await
        .expect("registers");
    let again = accounts::register(&test.domain, &test.visitor(), registration("mira@example.ORG")).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    test.login("MIRA@example.org", PASSWORD).await.expect("signs in");
}

#[tokio::test]
async fn a_bad_registration_names_its_fields() {
    let test = TestDomain::new().await;
    let request = RegisterRequest { password: "short".into(), ..registration("not an address") };
    let refused = accounts::register(&test.domain, &test.visitor(), request).await.expect_err("is refused");
    let problem = Problem::from(refused);
    assert_eq!(problem.kind, ProblemKind::InvalidRequest);
    let fields: Vec<_> = problem.errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["email", "password"]);
}

#[tokio::test]
async fn where_registration_is_closed_nobody_registers() {
    let auth = AuthSettings { registration_open: false, ..AuthSettings::default() };
    let test = TestDomain::with(DomainSettings { auth, ..DomainSettings::default() }).await;
    let refused = accounts::register(&test.domain, &test.visitor(), registration("mira@example.org")).await;
    assert_eq!(Problem::from(refused.expect_err("is refused")).kind, ProblemKind::Forbidden);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let test = TestDomain::new().await;
    let wrong = Problem::from(test.login(OWNER_EMAIL, "not the password").await.expect_err("is refused"));
    let unknown =
        Problem::from(test.login("nobody@example.org", "not the password").await.expect_err("is refused"));
    assert_eq!(wrong, unknown);
    assert_eq!(wrong.kind, ProblemKind::WrongCredentials);
}

#[tokio::test]
async fn guessing_is_limited_for_the_account_from_that_address() {
    let auth = AuthSettings { logins_per_minute: 3, ..AuthSettings::default() };
    let test = TestDomain::with(DomainSettings { auth, ..DomainSettings::default() }).await;
    for _ in 0..6 {
        test.login(OWNER_EMAIL, PASSWORD).await.expect("success is not counted");
    }
    for _ in 0..3 {
        assert!(matches!(test.login(OWNER_EMAIL, "not the password").await, Err(Error::WrongCredentials)));
    }
    let limited = Problem::from(test.login(OWNER_EMAIL, PASSWORD).await.expect_err("is refused"));
    assert_eq!(limited.kind, ProblemKind::RateLimited);
    assert!(limited.retry_after_s.is_some_and(|wait| (1..=60).contains(&wait)), "{limited:?}");
    let elsewhere =
        domain::Actor::visitor(Arrival { address: Some([198, 51, 100, 9].into()), ..Arrival::within() });
    let request =
        api::auth::LoginRequest { email: OWNER_EMAIL.into(), password: PASSWORD.into(), code: None };
    accounts::login(&test.domain, &elsewhere, request).await.expect("the owner is not locked out elsewhere");
}

#[tokio::test]
async fn a_refresh_token_buys_the_next_pair_and_its_reuse_ends_the_family() {
    let test = TestDomain::new().await;
    let first = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    assert_eq!(first.expires_in, 900);
    let second = refresh(&test, &first.refresh_token).await.expect("the first works");
    let third = refresh(&test, &second.refresh_token).await.expect("the second works");
    assert!(refresh(&test, &first.refresh_token).await.is_err(), "it was used before");
    assert!(refresh(&test, &third.refresh_token).await.is_err(), "the family is over");
}

#[tokio::test]
async fn a_client_whose_reply_was_lost_may_ask_again() {
    let test = TestDomain::new().await;
    let first = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    let lost = refresh(&test, &first.refresh_token).await.expect("works");
    let again = refresh(&test, &first.refresh_token).await.expect("works within the grace");
    assert_eq!(lost.refresh_token, again.refresh_token, "it is the same successor");
    refresh(&test, &again.refresh_token).await.expect("and the family lives");
}

#[tokio::test]
async fn a_logout_ends_the_family() {
    let test = TestDomain::new().await;
    let tokens = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    let request = RefreshRequest { refresh_token: tokens.refresh_token.clone() };
    accounts::logout(&test.domain, &test.visitor(), request.clone()).await.expect("signs out");
    accounts::logout(&test.domain, &test.visitor(), request).await.expect("twice is no error");
    assert!(refresh(&test, &tokens.refresh_token).await.is_err());
}

#[tokio::test]
async fn an_access_token_ends_by_itself() {
    let auth = AuthSettings { access_ttl: Duration::ZERO, ..AuthSettings::default() };
    let test = TestDomain::with(DomainSettings { auth, ..DomainSettings::default() }).await;
    let tokens = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    let bearer = tokens.access_token.into();
    let late = domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await;
    assert!(matches!(late, Err(Error::Unauthenticated)), "{late:?}");
}

#[tokio::test]
async fn the_first_owner_is_made_once() {
    let test = TestDomain::new().await;
    let again = accounts::seed_owner(&test.domain, "other@example.org", None).await.expect("looks");
    assert!(again.is_none());
    let entries = store::audit::latest(&test.store, 50).await.expect("reads");
    assert!(entries.iter().any(|entry| entry.action == "account.create" && entry.actor.is_none()));
}

#[tokio::test]
async fn tokens_outlive_a_restart() {
    let test = TestDomain::new().await;
    let tokens = test.login(OWNER_EMAIL, PASSWORD).await.expect("signs in");
    let again = test.restarted().await;
    let bearer = tokens.access_token.into();
    domain::tokens::authenticate(&again.domain, &bearer, Arrival::within()).await.expect("is let in");
    refresh(&again, &tokens.refresh_token).await.expect("works");
}
