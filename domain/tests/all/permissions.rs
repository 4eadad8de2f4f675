//! Who may do what: every use case that needs a permission, asked by a visitor and by a player.

use api::{Problem, ProblemKind, auth::TicketRequest, job::JobRequest, world::ChunkHashesRequest};
use domain::{Actor, Error, accounts, characters, chunks, entities, figures, health, jobs, tickets, worlds};
use grid::{CellCoord, CharacterId, JobId, RegionCoord};
use uuid::Uuid;

use crate::test_domain::TestDomain;

type Refusals = Vec<(&'static str, ProblemKind)>;

fn refusal<T>(name: &'static str, outcome: Result<T, Error>) -> Option<(&'static str, ProblemKind)> {
    outcome.err().map(|error| (name, Problem::from(error).kind))
}

/// What staff alone may do.
async fn staff(test: &TestDomain, actor: &Actor) -> Refusals {
    let (domain, job) = (&test.domain, JobId::from_uuid(Uuid::now_v7()));
    let request = JobRequest::PregenerateRegion { world_id: test.world, region: RegionCoord::new(1, 1) };
    [
        refusal("entities::list", entities::list(domain, actor).await),
        refusal("entities::observe", entities::observe(domain, actor).await),
        refusal("figures::read", figures::read(domain, actor).await),
        refusal("health::read", health::read(domain, actor).await),
        refusal("jobs::list", jobs::list(domain, actor, None).await),
        refusal("jobs::get", jobs::get(domain, actor, job).await),
        refusal("jobs::start", jobs::start(domain, actor, request).await),
        refusal("jobs::cancel", jobs::cancel(domain, actor, job).await),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What everyone may do who has signed in.
async fn members(test: &TestDomain, actor: &Actor) -> Refusals {
    let (domain, world, cell) = (&test.domain, test.world, CellCoord::new(0, 0));
    let character = CharacterId::from_uuid(Uuid::now_v7());
    let hashes = ChunkHashesRequest { world_id: world, first: cell, side: 1 };
    [
        refusal("accounts::me", accounts::me(domain, actor).await),
        refusal("characters::list", characters::list(domain, actor).await),
        refusal("characters::get", characters::get(domain, actor, character).await),
        refusal(
            "tickets::issue",
            tickets::issue(domain, actor, TicketRequest { character_id: character }).await,
        ),
        refusal("worlds::list", worlds::list(domain, actor).await),
        refusal("worlds::get", worlds::get(domain, actor, world).await),
        refusal("worlds::recipe", worlds::recipe(domain, actor, world).await),
        refusal("worlds::regions", worlds::regions(domain, actor, world).await),
        refusal("chunks::read", chunks::read(domain, actor, world, cell).await),
        refusal("chunks::describe", chunks::describe(domain, actor, world, cell).await),
        refusal("chunks::picture", chunks::picture(domain, actor, world, cell).await),
        refusal("chunks::hashes", chunks::hashes(domain, actor, hashes).await),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[tokio::test]
async fn a_visitor_must_sign_in_for_everything() {
    let test = TestDomain::new().await;
    let visitor = test.visitor();
    let (staff, members) = (staff(&test, &visitor).await, members(&test, &visitor).await);
    assert_eq!((staff.len(), members.len()), (8, 12));
    for (name, kind) in staff.into_iter().chain(members) {
        assert_eq!(kind, ProblemKind::Unauthenticated, "{name}");
    }
}

#[tokio::test]
async fn a_player_plays_and_leaves_the_house_to_staff() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let refused = staff(&test, &mira).await;
    assert_eq!(refused.len(), 8);
    for (name, kind) in refused {
        assert_eq!(kind, ProblemKind::Forbidden, "{name}");
    }
    for (name, kind) in members(&test, &mira).await {
        assert_eq!(kind, ProblemKind::NotFound, "{name}: only the invented character is missing");
    }
}

#[tokio::test]
async fn the_owner_is_refused_nothing() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    for (name, kind) in staff(&test, &owner).await {
        assert!(matches!(kind, ProblemKind::NotFound | ProblemKind::Unavailable), "{name}: {kind:?}");
    }
}
