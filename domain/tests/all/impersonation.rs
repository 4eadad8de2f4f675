//! Looking through another account's eyes.

use api::{
    Permission, Role,
    auth::{ImpersonationRequest, LoginRequest},
    moderation::{SanctionKind, SanctionRequest},
    right,
    user::{ChangeRoleRequest, CreateUserRequest},
};
use domain::{Actor, Arrival, Error, impersonation, moderation, sessions, users};
use grid::AccountId;

use crate::test_domain::{OWNER_EMAIL, PASSWORD, TestDomain, may};

fn look() -> ImpersonationRequest {
    ImpersonationRequest { minutes: 10, reason: "a ticket of theirs".into() }
}

fn id(actor: &Actor) -> AccountId {
    actor.account.expect("has one")
}

async fn staff(test: &TestDomain, role: Role) -> Actor {
    let email = format!("{role}@example.org");
    let request = CreateUserRequest {
        email: email.clone(),
        password: PASSWORD.into(),
        display_name: role.label().into(),
        role,
        reason: "a test".into(),
    };
    users::create(&test.domain, &may(&test.owner().await), request).await.expect("is made");
    test.again(&email).await
}

/// Begins to look; gives the bearer's text.
async fn begin(test: &TestDomain, by: &Actor, at: &Actor) -> Result<impersonation::Begun, Error> {
    impersonation::begin(&test.domain, &may(by), id(at), look()).await
}

async fn seen(test: &TestDomain, begun: &impersonation::Begun) -> Result<Actor, Error> {
    let bearer = begun.view.access_token.clone().into();
    let by_token = domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await;
    let by_cookie = sessions::authenticate(&test.domain, &begun.cookie, Arrival::within()).await;
    assert_eq!(by_token.is_ok(), by_cookie.is_ok(), "both doors answer alike");
    by_token
}

#[tokio::test]
async fn support_sees_what_the_player_sees_and_no_more() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let begun = begin(&test, &owner, &mira).await.expect("begins");
    let eyes = seen(&test, &begun).await.expect("sees");
    assert_eq!((eyes.account, eyes.impersonator), (mira.account, owner.account));
    assert_eq!(eyes.permissions, mira.permissions);
    assert!(matches!(eyes.in_person(), Err(Error::OnlyLooking)));
    let me = domain::accounts::me(&test.domain, &eyes).await.expect("tells");
    let told = me.impersonated_by.expect("a banner");
    assert_eq!(Some(told.id), owner.account);
    assert!(told.ends_at > store::now());

    impersonation::end(&test.domain, &eyes).await.expect("ends");
    assert!(matches!(seen(&test, &begun).await, Err(Error::Unauthenticated)));
    let chain =
        domain::audit::list(&test.domain, &may(&owner), Default::default()).await.expect("lists").items;
    let noted: Vec<_> = chain.iter().filter(|entry| entry.action.contains("impersonat")).collect();
    assert_eq!(noted.len(), 2, "the beginning and the end");
    assert!(noted.iter().all(|entry| entry.actor == owner.account), "by whoever looked");
    assert_eq!(noted[1].reason.as_deref(), Some("a ticket of theirs"));
}

#[tokio::test]
async fn what_changes_something_is_not_left_to_whoever_looks() {
    let test = TestDomain::new().await;
    let (owner, operator) = (test.owner().await, staff(&test, Role::Operator).await);
    let begun = begin(&test, &owner, &operator).await.expect("begins");
    let eyes = seen(&test, &begun).await.expect("sees");
    eyes.clone().allow::<right::ViewJobs>().expect("looks");
    for permission in [Permission::RunJobs, Permission::CancelJobs, Permission::SwapInfrastructure] {
        assert!(operator.permissions.contains(permission) && !eyes.permissions.contains(permission));
    }
}

#[tokio::test]
async fn nobody_looks_up_or_through_their_own_eyes_or_through_anothers_at_a_third() {
    let test = TestDomain::new().await;
    let (owner, ada) = (test.owner().await, staff(&test, Role::Administrator).await);
    let mira = test.player("Mira").await;
    let up = begin(&test, &ada, &owner).await;
    assert!(matches!(up, Err(Error::Forbidden | Error::BeyondReach)), "{up:?}");
    let own = begin(&test, &ada, &ada).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");
    let begun = begin(&test, &owner, &ada).await.expect("begins");
    let eyes = seen(&test, &begun).await.expect("sees");
    assert!(eyes.allow::<right::Impersonate>().is_err());
    let ban = SanctionRequest { kind: SanctionKind::Ban, ends_at: None, reason: "a test".into() };
    moderation::sanction(&test.domain, &may(&owner), id(&mira), ban).await.expect("is banned");
    let banned = begin(&test, &owner, &mira).await;
    assert!(matches!(banned, Err(Error::Conflict(_))), "{banned:?}");
}

#[tokio::test]
async fn a_look_ends_with_the_right_to_it() {
    let test = TestDomain::new().await;
    let (owner, ada) = (test.owner().await, staff(&test, Role::Administrator).await);
    let mira = test.player("Mira").await;
    let begun = begin(&test, &ada, &mira).await.expect("begins");
    seen(&test, &begun).await.expect("sees");
    let request = ChangeRoleRequest { role: Role::Operator, reason: "a test".into() };
    users::change_role(&test.domain, &may(&owner), id(&ada), request).await.expect("is changed");
    assert!(matches!(seen(&test, &begun).await, Err(Error::Unauthenticated)));

    let begun = begin(&test, &owner, &mira).await.expect("begins");
    seen(&test, &begun).await.expect("sees");
    let request = LoginRequest { email: OWNER_EMAIL.into(), password: PASSWORD.into(), code: None };
    let opened = sessions::open(&test.domain, &test.visitor(), request).await.expect("opens");
    let elsewhere =
        sessions::authenticate(&test.domain, &opened.token, Arrival::within()).await.expect("is let in");
    sessions::revoke_others(&test.domain, &elsewhere).await.expect("ends");
    assert!(matches!(seen(&test, &begun).await, Err(Error::Unauthenticated)), "with all other sign-ins");
}
