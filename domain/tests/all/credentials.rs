//! Passwords, second factors, addresses and sign-ins.

use api::{
    Permission, PermissionSet, ProblemKind,
    credential::{
        ChangePasswordRequest, ConfirmTotpRequest, ForgottenPasswordRequest, RemoveTotpRequest,
        ResetPasswordRequest, SetUpTotpRequest, VerifyEmailRequest,
    },
    job::JobFilter,
};
use domain::{
    Actor, Arrival, AuthSettings, DomainSettings, Error, accounts, authority::Change, jobs, second_factor,
    sessions,
};
use totp_rs::{Builder, Secret, Totp};

use crate::test_domain::{OWNER_EMAIL, PASSWORD, TestDomain, may};

const MIRA: &str = "mira@example.org";
const NEXT: &str = "gravel tuesday lampshade";

async fn is_in(test: &TestDomain, access_token: &str) -> bool {
    let bearer = access_token.to_owned().into();
    domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await.is_ok()
}

fn kind(error: Error) -> ProblemKind {
    api::Problem::from(error).kind
}

/// The authenticator on somebody's phone.
fn phone(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret).expect("base 32");
    Builder::new().with_secret(secret).build().expect("an authenticator")
}

fn code_at(phone: &Totp, steps_later: u64) -> String {
    let now = u64::try_from(store::now().timestamp()).expect("after 1970");
    phone.generate(now + 30 * steps_later).to_string()
}

/// Sets a second factor up for whoever it is; their phone, and the recovery codes.
async fn set_up(test: &TestDomain, actor: &Actor) -> (Totp, Vec<String>) {
    let request = SetUpTotpRequest { password: PASSWORD.into() };
    let begun = second_factor::set_up(&test.domain, actor, request).await.expect("begins");
    assert!(begun.url.starts_with("otpauth://totp/") && begun.url.contains(&begun.secret), "{}", begun.url);
    let phone = phone(&begun.secret);
    let request = ConfirmTotpRequest { code: code_at(&phone, 0) };
    let codes = second_factor::confirm(&test.domain, actor, request).await.expect("counts").codes;
    (phone, codes)
}

#[tokio::test]
async fn another_password_ends_all_other_sign_ins_at_once() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let elsewhere = test.login(MIRA, PASSWORD).await.expect("signs in");
    assert!(is_in(&test, &elsewhere.access_token).await);
    let mut changes = test.domain.standing_changes();
    let request = |present: &str, next: &str| ChangePasswordRequest {
        current_password: present.into(),
        new_password: next.into(),
    };
    let wrong = accounts::change_password(&test.domain, &mira, request("not it at all", NEXT)).await;
    assert!(matches!(wrong, Err(Error::WrongPassword)), "{wrong:?}");
    let weak = accounts::change_password(&test.domain, &mira, request(PASSWORD, "password1234")).await;
    assert_eq!(kind(weak.expect_err("is refused")), ProblemKind::InvalidRequest);
    accounts::change_password(&test.domain, &mira, request(PASSWORD, NEXT)).await.expect("is changed");
    assert_eq!(changes.try_recv(), Ok(Change::Of(mira.account.expect("has one"))), "sockets are told");
    assert!(!is_in(&test, &elsewhere.access_token).await, "also by a token that has not run out");
    assert_eq!(sessions::list(&test.domain, &mira).await.expect("lists").items.len(), 1, "one's own stays");
    assert!(matches!(test.login(MIRA, PASSWORD).await, Err(Error::WrongCredentials)));
    test.login(MIRA, NEXT).await.expect("signs in");
}

#[tokio::test]
async fn a_letter_lets_back_in_once_and_tells_strangers_nothing() {
    let test = TestDomain::new().await;
    test.worker().await;
    test.player("Mira").await;
    let open = test.login(MIRA, PASSWORD).await.expect("signs in");
    let forget = async |email: &str| {
        let request = ForgottenPasswordRequest { email: email.into() };
        accounts::forget_password(&test.domain, &test.visitor(), request).await
    };
    forget("nobody@example.org").await.expect("is answered the same");
    forget("MIRA@example.org").await.expect("is answered");
    let token = test.letters.token(MIRA, "Choose another password").await;
    let reset = async |token: &str| {
        let request = ResetPasswordRequest { token: token.into(), new_password: NEXT.into() };
        accounts::reset_password(&test.domain, &test.visitor(), request).await
    };
    assert_eq!(
        kind(reset(&token.replace('a', "b")).await.expect_err("is refused")),
        ProblemKind::InvalidRequest
    );
    reset(&token).await.expect("is changed");
    assert!(reset(&token).await.is_err(), "it works once");
    assert!(!is_in(&test, &open.access_token).await, "all sign-ins are over");
    test.login(MIRA, NEXT).await.expect("signs in");
    assert!(matches!(forget(MIRA).await, Err(Error::RateLimited { .. })), "not all day long");
    test.letters.comes(MIRA, "Your password was changed").await;
}

#[tokio::test]
async fn an_address_is_verified_by_the_letter_that_went_there() {
    let test = TestDomain::new().await;
    test.worker().await;
    let mira = test.player("Mira").await;
    assert!(!accounts::me(&test.domain, &mira).await.expect("reads").email_verified);
    let token = test.letters.token(MIRA, "Verify your address").await;
    let verify = async |token: String| {
        accounts::verify_email(&test.domain, &test.visitor(), VerifyEmailRequest { token }).await
    };
    assert!(verify("not a token".into()).await.is_err());
    verify(token.clone()).await.expect("is verified");
    assert!(verify(token).await.is_err(), "it works once");
    assert!(accounts::me(&test.domain, &mira).await.expect("reads").email_verified);
    let again = accounts::send_verification(&test.domain, &mira).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[tokio::test]
async fn a_letter_that_is_asked_for_twice_before_it_left_comes_once() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    for _ in 0..2 {
        accounts::send_verification(&test.domain, &mira).await.expect("is on its way");
    }
    test.worker().await;
    test.letters.comes(MIRA, "Verify your address").await;
    let owner = test.owner().await;
    let jobs = jobs::list(&test.domain, &may(&owner), JobFilter::default()).await.expect("lists");
    assert_eq!(jobs.items.len(), 1, "{jobs:?}");
    assert_eq!(jobs.items[0].requested_by, "the server");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_works_once() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let (phone, codes) = set_up(&test, &mira).await;
    assert!(accounts::me(&test.domain, &mira).await.expect("reads").second_factor);
    assert!(matches!(test.login(MIRA, PASSWORD).await, Err(Error::CodeRequired)));
    assert!(
        matches!(test.login(MIRA, "not the password").await, Err(Error::WrongCredentials)),
        "nothing is told"
    );
    let with = async |code: &str| test.login_with(MIRA, PASSWORD, Some(code)).await;
    assert!(
        matches!(with(&code_at(&phone, 0)).await, Err(Error::WrongCode)),
        "it confirmed the factor: used"
    );
    let next = code_at(&phone, 1);
    with(&next).await.expect("a code of the next step counts");
    assert!(matches!(with(&next).await, Err(Error::WrongCode)), "but once");
    with(&codes[0].to_uppercase().replace('-', " ")).await.expect("a recovery code, however typed");
    assert!(matches!(with(&codes[0]).await, Err(Error::WrongCode)), "it is used up");

    let request = RemoveTotpRequest { password: PASSWORD.into(), code: codes[1].clone() };
    second_factor::remove(&test.domain, &mira, request).await.expect("is gone");
    test.login(MIRA, PASSWORD).await.expect("signs in by password alone");
}

#[tokio::test]
async fn codes_can_not_be_tried_through() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    set_up(&test, &mira).await;
    let mut limited = false;
    for code in 0..20 {
        let tried = test.login_with(MIRA, PASSWORD, Some(&format!("{code:06}"))).await;
        limited |= matches!(tried, Err(Error::RateLimited { .. }));
    }
    assert!(limited);
}

#[tokio::test]
async fn where_it_is_asked_of_them_staff_can_do_nothing_without_a_second_factor() {
    let auth = AuthSettings { staff_second_factor: true, ..AuthSettings::default() };
    let test = TestDomain::with(DomainSettings { auth, ..DomainSettings::default() }).await;
    let owner = test.owner().await;
    assert_eq!(owner.permissions, PermissionSet::NONE);
    assert!(accounts::me(&test.domain, &owner).await.expect("reads").must_set_up_second_factor);
    let (phone, _) = set_up(&test, &owner).await;
    let tokens = test.login_with(OWNER_EMAIL, PASSWORD, Some(&code_at(&phone, 1))).await.expect("signs in");
    let bearer = tokens.access_token.into();
    let owner =
        domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await.expect("is let in");
    assert!(owner.permissions.contains(Permission::ManageOwners));
    assert!(test.player("Mira").await.permissions.contains(Permission::PlayGame), "players need none");
}

#[tokio::test]
async fn sign_ins_are_listed_and_ended_one_by_one() {
    let test = TestDomain::new().await;
    let (mira, brega) = (test.player("Mira").await, test.player("Brega").await);
    let other = test.login(MIRA, PASSWORD).await.expect("signs in");
    let listed = sessions::list(&test.domain, &mira).await.expect("lists").items;
    assert_eq!(listed.iter().filter(|session| session.current).count(), 1);
    let elsewhere = listed.iter().find(|session| !session.current).expect("the other one");
    assert_eq!(
        (elsewhere.user_agent.as_deref(), elsewhere.address.as_deref()),
        (Some("a test"), Some("192.0.2.7"))
    );
    let theft = sessions::revoke(&test.domain, &brega, elsewhere.id).await;
    assert!(matches!(theft, Err(Error::NotFound(_))), "{theft:?}");
    sessions::revoke(&test.domain, &mira, elsewhere.id).await.expect("is ended");
    assert!(!is_in(&test, &other.access_token).await);
    test.login(MIRA, PASSWORD).await.expect("signs in");
    sessions::revoke_others(&test.domain, &mira).await.expect("are ended");
    assert_eq!(sessions::list(&test.domain, &mira).await.expect("lists").items.len(), 1);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_can_come_back() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let open = test.login(MIRA, PASSWORD).await.expect("signs in");
    assert!(is_in(&test, &open.access_token).await);
    let why = || api::user::Reason { reason: "a test".into() };
    let account = mira.account.expect("has one");
    domain::users::disable(&test.domain, &may(&owner), account, why()).await.expect("is disabled");
    assert!(!is_in(&test, &open.access_token).await);
    assert!(matches!(test.login(MIRA, PASSWORD).await, Err(Error::WrongCredentials)), "nothing is told");
    let own =
        domain::users::disable(&test.domain, &may(&owner), owner.account.expect("has one"), why()).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");
    domain::users::enable(&test.domain, &may(&owner), account, why()).await.expect("is enabled");
    test.login(MIRA, PASSWORD).await.expect("signs in");
    let listed =
        domain::users::list_sessions(&test.domain, &may(&owner), account).await.expect("lists").items;
    assert_eq!(listed.len(), 1);
    domain::users::end_sessions(&test.domain, &may(&owner), account, why()).await.expect("are ended");
    assert!(sessions::list(&test.domain, &mira).await.expect("lists").items.is_empty());
}
