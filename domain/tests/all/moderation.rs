//! Moderation, and keys of programs.

use api::{
    Permission, PermissionSet, Problem, ProblemKind, Role,
    api_key::CreateApiKeyRequest,
    moderation::{AppealRequest, AppealState, SanctionKind, SanctionRequest},
    user::{CreateUserRequest, Reason},
};
use chrono::TimeDelta;
use domain::{Actor, Arrival, Error, api_keys, authority::Change, moderation, users};
use grid::AccountId;

use crate::test_domain::{PASSWORD, TestDomain, may};

const MIRA: &str = "mira@example.org";

fn ban() -> SanctionRequest {
    SanctionRequest { kind: SanctionKind::Ban, ends_at: None, reason: "threw tomatoes".into() }
}

fn why() -> Reason {
    Reason { reason: "a test".into() }
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

fn id(actor: &Actor) -> AccountId {
    actor.account.expect("has one")
}

#[tokio::test]
async fn a_banned_player_is_out_at_once_and_learns_why() {
    let test = TestDomain::new().await;
    let (moderator, mira) = (staff(&test, Role::Moderator).await, test.player("Mira").await);
    let open = test.login(MIRA, PASSWORD).await.expect("signs in");
    let is_in = async || {
        let bearer = open.access_token.clone().into();
        domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await.is_ok()
    };
    assert!(is_in().await);
    let mut changes = test.domain.standing_changes();
    let sanction =
        moderation::sanction(&test.domain, &may(&moderator), id(&mira), ban()).await.expect("is banned");
    assert!(sanction.in_force);
    assert_eq!(changes.try_recv(), Ok(Change::Of(id(&mira))), "sockets are told");
    assert!(!is_in().await);
    let refused = Problem::from(test.login(MIRA, PASSWORD).await.expect_err("is refused"));
    assert_eq!(refused.kind, ProblemKind::Banned);
    assert!(refused.detail.contains("threw tomatoes"), "{refused}");
    let wrong = Problem::from(test.login(MIRA, "not the password").await.expect_err("is refused"));
    assert_eq!(wrong.kind, ProblemKind::WrongCredentials, "a stranger does not learn of it");

    moderation::lift(&test.domain, &may(&moderator), id(&mira), sanction.id, why()).await.expect("is lifted");
    test.login(MIRA, PASSWORD).await.expect("signs in again");
    let again = moderation::lift(&test.domain, &may(&moderator), id(&mira), sanction.id, why()).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
}

#[tokio::test]
async fn a_ban_ends_by_itself_and_a_mute_is_no_ban() {
    let test = TestDomain::new().await;
    let (moderator, mira) = (staff(&test, Role::Moderator).await, test.player("Mira").await);
    let until = store::now() + TimeDelta::milliseconds(300);
    let request = SanctionRequest { ends_at: Some(until), ..ban() };
    moderation::sanction(&test.domain, &may(&moderator), id(&mira), request).await.expect("is banned");
    assert!(matches!(test.login(MIRA, PASSWORD).await, Err(Error::Banned { until: Some(_), .. })));
    crate::test_domain::until("the ban is over", async || test.login(MIRA, PASSWORD).await.is_ok()).await;

    let request = SanctionRequest { kind: SanctionKind::Mute, ..ban() };
    moderation::sanction(&test.domain, &may(&moderator), id(&mira), request).await.expect("is muted");
    assert_eq!(moderation::muted_until(&test.domain, id(&mira)).await.expect("reads"), Some(None));
    test.login(MIRA, PASSWORD).await.expect("a mute keeps nobody out");
    let past = SanctionRequest { ends_at: Some(until), ..ban() };
    let refused = moderation::sanction(&test.domain, &may(&moderator), id(&mira), past).await;
    assert!(matches!(refused, Err(Error::InvalidField { field: "ends_at", .. })), "{refused:?}");
    let history = moderation::history(&test.domain, &may(&moderator), id(&mira)).await.expect("reads").items;
    let kinds: Vec<_> = history.iter().map(|sanction| (sanction.kind, sanction.in_force)).collect();
    assert_eq!(kinds, [(SanctionKind::Mute, true), (SanctionKind::Ban, false)]);
}

#[tokio::test]
async fn a_granted_appeal_lifts_the_ban() {
    let test = TestDomain::new().await;
    let (moderator, mira) = (staff(&test, Role::Moderator).await, test.player("Mira").await);
    let sanction =
        moderation::sanction(&test.domain, &may(&moderator), id(&mira), ban()).await.expect("is banned");
    let appeal = async |appeal| {
        let request = AppealRequest { appeal, reason: "they asked nicely".into() };
        moderation::appeal(&test.domain, &may(&moderator), id(&mira), sanction.id, request).await
    };
    let open = appeal(AppealState::Open).await.expect("is noted");
    assert!(open.in_force && open.appeal == AppealState::Open);
    let granted = appeal(AppealState::Granted).await.expect("is noted");
    assert!(!granted.in_force && granted.appeal == AppealState::Granted);
    test.login(MIRA, PASSWORD).await.expect("signs in again");
}

#[tokio::test]
async fn moderators_moderate_neither_themselves_nor_their_betters() {
    let test = TestDomain::new().await;
    let (moderator, owner) = (staff(&test, Role::Moderator).await, test.owner().await);
    let up = moderation::sanction(&test.domain, &may(&moderator), id(&owner), ban()).await;
    assert!(matches!(up, Err(Error::Forbidden | Error::BeyondReach)), "{up:?}");
    let own = moderation::sanction(&test.domain, &may(&moderator), id(&moderator), ban()).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");
}

#[tokio::test]
async fn a_key_can_do_what_its_scopes_say_until_it_is_revoked() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let service = CreateUserRequest {
        email: "bridge@example.org".into(),
        password: PASSWORD.into(),
        display_name: "Bridge".into(),
        role: Role::Service,
        reason: "a test".into(),
    };
    let service = users::create(&test.domain, &may(&owner), service).await.expect("is made").id;
    let request = |account_id, scopes: &[Permission]| CreateApiKeyRequest {
        account_id,
        name: "Statistics".into(),
        scopes: scopes.to_vec(),
        expires_at: None,
        reason: "a test".into(),
    };
    let made = async |request| api_keys::create(&test.domain, &may(&owner), request).await;
    let person = made(request(id(&mira), &[Permission::ViewWorlds])).await;
    assert!(matches!(person, Err(Error::InvalidField { field: "account_id", .. })), "{person:?}");
    let wide = made(request(service, &[Permission::ManageUsers])).await;
    assert!(matches!(wide, Err(Error::InvalidField { field: "scopes", .. })), "{wide:?}");

    let key =
        made(request(service, &[Permission::ViewWorlds, Permission::ObserveGame])).await.expect("is made");
    let bearer = key.token.clone().into();
    assert!(api_keys::is_key(&bearer));
    let actor = api_keys::authenticate(&test.domain, &bearer, Arrival::within()).await.expect("is let in");
    assert_eq!(actor.permissions, PermissionSet::of(&[Permission::ViewWorlds, Permission::ObserveGame]));
    let listed = api_keys::list(&test.domain, &may(&owner)).await.expect("lists").items;
    assert!(listed[0].last_used_at.is_some());
    assert!(
        !serde_json::to_string(&listed).expect("JSON").contains(&key.token[3..]),
        "no secret is told twice"
    );
    api_keys::revoke(&test.domain, &may(&owner), key.id, why()).await.expect("is revoked");
    let late = api_keys::authenticate(&test.domain, &bearer, Arrival::within()).await;
    assert!(matches!(late, Err(Error::Unauthenticated)), "{late:?}");
}
