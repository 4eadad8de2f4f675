//! Roles that are made, and roles that accounts are given beside their own.

use api::{
    Permission, PermissionSet, Problem, ProblemKind, RegionCoord, Role, WorldId,
    auth::LoginRequest,
    job::{JobRequest, StartOptions},
    right,
    role::{GrantRequest, Place, RoleRequest},
    user::{CreateUserRequest, Reason},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Actor, AllowedAt as _, Arrival, Error, authority::Change, grants, jobs, roles, sessions, users,
};
use grid::AccountId;
use uuid::Uuid;

use crate::test_domain::{PASSWORD, TestDomain, may, until};

const MIRA: &str = "mira@example.org";

fn role(name: &str, permissions: &[Permission]) -> RoleRequest {
    RoleRequest {
        name: name.into(),
        description: "For a test".into(),
        permissions: permissions.to_vec(),
        reason: "a test".into(),
    }
}

fn grant(role_id: Uuid) -> GrantRequest {
    GrantRequest { role_id, place: None, ends_at: None, reason: "a test".into() }
}

fn why() -> Reason {
    Reason { reason: "a test".into() }
}

fn id(actor: &Actor) -> AccountId {
    actor.account.expect("has one")
}

async fn made(test: &TestDomain, actor: &Actor, name: &str, permissions: &[Permission]) -> Uuid {
    roles::create(&test.domain, &may(actor), role(name, permissions)).await.expect("is made").id
}

async fn administrator(test: &TestDomain) -> Actor {
    let request = CreateUserRequest {
        email: "ada@example.org".into(),
        password: PASSWORD.into(),
        display_name: "Ada".into(),
        role: Role::Administrator,
        reason: "a test".into(),
    };
    users::create(&test.domain, &may(&test.owner().await), request).await.expect("is made");
    test.again("ada@example.org").await
}

#[tokio::test]
async fn a_role_that_was_made_lets_those_do_it_who_are_given_it() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let watcher = made(&test, &owner, "Watcher", &[Permission::ViewJobs, Permission::ViewHealth]).await;
    let mut changes = test.domain.standing_changes();
    let given = grants::give(&test.domain, &may(&owner), id(&mira), grant(watcher)).await.expect("is given");
    assert!(given.in_force && given.role_name == "Watcher");
    assert_eq!(changes.try_recv(), Ok(Change::Of(id(&mira))), "sockets are told");
    let watching = test.again(MIRA).await;
    watching.clone().allow::<right::ViewJobs>().expect("may look");
    watching.clone().allow::<right::PlayGame>().expect("still plays");
    assert!(watching.allow::<right::RunJobs>().is_err(), "and no more");

    let wider = role("Watcher", &[Permission::ViewJobs, Permission::RunJobs]);
    roles::change(&test.domain, &may(&owner), watcher, wider).await.expect("is changed");
    let running = test.again(MIRA).await;
    running.clone().allow::<right::RunJobs>().expect("what the role says now");
    assert!(running.allow::<right::ViewHealth>().is_err(), "and not what it said before");

    let held = roles::remove(&test.domain, &may(&owner), watcher, why()).await;
    assert!(matches!(held, Err(Error::Conflict(_))), "{held:?}");
    let taken = grants::take(&test.domain, &may(&owner), id(&mira), given.id, why()).await.expect("is taken");
    assert!(!taken.in_force && taken.taken_by == owner.account);
    assert!(test.again(MIRA).await.allow::<right::RunJobs>().is_err());
    let again = grants::take(&test.domain, &may(&owner), id(&mira), given.id, why()).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    roles::remove(&test.domain, &may(&owner), watcher, why()).await.expect("nobody has it");
    let history = grants::list(&test.domain, &may(&owner), id(&mira)).await.expect("lists").items;
    assert_eq!(history.len(), 1, "what was given stays in the history");
}

#[tokio::test]
async fn nobody_makes_or_gives_more_than_they_have() {
    let test = TestDomain::new().await;
    let (owner, mira, ada) = (test.owner().await, test.player("Mira").await, administrator(&test).await);
    let mighty =
        roles::create(&test.domain, &may(&ada), role("Half an owner", &[Permission::ManageOwners])).await;
    assert!(matches!(mighty, Err(Error::BeyondReach)), "{mighty:?}");
    let kingmaker = made(&test, &owner, "Kingmaker", &[Permission::ManageOwners]).await;
    for refused in [
        grants::give(&test.domain, &may(&ada), id(&mira), grant(kingmaker)).await.map(drop),
        grants::give(&test.domain, &may(&ada), id(&mira), grant(roles::id_of(Role::Owner))).await.map(drop),
        roles::remove(&test.domain, &may(&ada), kingmaker, why()).await,
        roles::change(&test.domain, &may(&ada), kingmaker, role("Tame", &[Permission::ViewJobs]))
            .await
            .map(drop),
    ] {
        assert!(matches!(refused, Err(Error::BeyondReach)), "{refused:?}");
    }
    let own = grants::give(&test.domain, &may(&ada), id(&ada), grant(roles::id_of(Role::Operator))).await;
    assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");

    grants::give(&test.domain, &may(&owner), id(&mira), grant(kingmaker)).await.expect("an owner may");
    let betters = users::disable(&test.domain, &may(&ada), id(&mira), why()).await;
    assert!(matches!(betters, Err(Error::BeyondReach)), "what one was given counts, too: {betters:?}");
}

#[tokio::test]
async fn a_grant_ends_by_itself_even_for_whoever_asks_all_the_time() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let watcher = made(&test, &owner, "Watcher", &[Permission::ViewJobs]).await;
    let end = store::now() + TimeDelta::milliseconds(900);
    let request = GrantRequest { ends_at: Some(end), ..grant(watcher) };
    grants::give(&test.domain, &may(&owner), id(&mira), request).await.expect("is given");
    let tokens = test.login(MIRA, PASSWORD).await.expect("signs in");
    let may_look = async || {
        let bearer = tokens.access_token.clone().into();
        let actor = domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await.expect("in");
        // Taken before the answer is judged: what it says was true then.
        (actor.permissions.contains(Permission::ViewJobs), actor.outdated_at, store::now())
    };
    let (looks, outdated_at, asked) = may_look().await;
    assert!(looks || asked >= end, "holds until then");
    assert!(outdated_at == Some(end) || asked >= end, "and says until when");
    until("the grant is over", async || {
        let before = store::now();
        let (looks, _, after) = may_look().await;
        assert!(!looks || before < end, "{before} is past {end}, and it still holds at {after}");
        !looks
    })
    .await;
    let past = GrantRequest { ends_at: Some(end), ..grant(watcher) };
    let refused = grants::give(&test.domain, &may(&owner), id(&mira), past).await;
    assert!(matches!(refused, Err(Error::InvalidField { field: "ends_at", .. })), "{refused:?}");
}

#[tokio::test]
async fn a_grant_for_a_region_opens_that_region_alone() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let grower = made(&test, &owner, "Grower", &[Permission::RunJobs]).await;
    let (here, there) = (RegionCoord::new(3, -1), RegionCoord::new(3, 1));
    let nowhere =
        GrantRequest { place: Some(Place::world(WorldId::from_uuid(Uuid::now_v7()))), ..grant(grower) };
    let refused = grants::give(&test.domain, &may(&owner), id(&mira), nowhere).await;
    assert!(matches!(refused, Err(Error::InvalidField { field: "place.world_id", .. })), "{refused:?}");
    let request = GrantRequest { place: Some(Place::region(test.world, here)), ..grant(grower) };
    grants::give(&test.domain, &may(&owner), id(&mira), request).await.expect("is given");

    let mira = test.again(MIRA).await;
    assert!(mira.clone().allow::<right::RunJobs>().is_err(), "not everywhere");
    let growing = mira.clone().allow_somewhere::<right::RunJobs>().expect("somewhere");
    assert!(growing.at(Place::world(test.world)).is_err(), "not all of the world");
    let grow = async |region| {
        let request = JobRequest::PregenerateRegion { world_id: test.world, region };
        jobs::start(&test.domain, &growing, request, StartOptions::default()).await
    };
    grow(here).await.expect("there");
    let elsewhere = Problem::from(grow(there).await.expect_err("nowhere else"));
    assert_eq!(elsewhere.kind, ProblemKind::Forbidden);
    let all = jobs::start(&test.domain, &growing, JobRequest::RollUp {}, StartOptions::default()).await;
    assert!(matches!(all, Err(Error::Forbidden)), "what is of no place needs it everywhere: {all:?}");
    assert!(mira.allow_somewhere::<right::CancelJobs>().is_err());
}

#[tokio::test]
async fn a_player_who_is_given_a_role_of_the_staff_gets_into_the_dashboard_for_as_long() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let enter = async || {
        let request = LoginRequest { email: MIRA.into(), password: PASSWORD.into(), code: None };
        sessions::open(&test.domain, &test.visitor(), request).await
    };
    assert!(matches!(enter().await, Err(Error::Forbidden)));
    let moderator = grant(roles::id_of(Role::Moderator));
    let given = grants::give(&test.domain, &may(&owner), id(&mira), moderator).await.expect("is given");
    let opened = enter().await.expect("gets in");
    assert!(opened.account.permissions.contains(&Permission::ModeratePlayers));
    grants::take(&test.domain, &may(&owner), id(&mira), given.id, why()).await.expect("is taken");
    assert!(matches!(enter().await, Err(Error::Forbidden)));
}

#[tokio::test]
async fn the_roles_of_every_installation_stay_as_they_are() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let listed = roles::list(&test.domain, &may(&owner)).await.expect("lists").items;
    assert_eq!(listed.len(), Role::ALL.len());
    for (role, view) in Role::ALL.iter().zip(&listed) {
        assert_eq!(view.permissions.iter().copied().collect::<PermissionSet>(), role.permissions());
        assert_eq!((view.id, view.built_in), (roles::id_of(*role), true));
    }
    assert_eq!(listed[0].holders, 1, "the owner");
    let changed =
        roles::change(&test.domain, &may(&owner), listed[7].id, role("Gamer", &[Permission::ViewJobs])).await;
    assert!(matches!(changed, Err(Error::Conflict(_))), "{changed:?}");
    for taken in ["Owner", " game master ", "game_master"] {
        let refused = roles::create(&test.domain, &may(&owner), role(taken, &[Permission::ViewJobs])).await;
        assert!(matches!(refused, Err(Error::InvalidField { field: "name", .. })), "{taken}: {refused:?}");
    }
    made(&test, &owner, "Watcher", &[Permission::ViewJobs]).await;
    let twice = roles::create(&test.domain, &may(&owner), role("WATCHER", &[Permission::ViewJobs])).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
    let end: Option<DateTime<Utc>> = None;
    assert_eq!(owner.outdated_at, end, "nothing of an owner ends by itself");
}
