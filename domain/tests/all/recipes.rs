//! Drafts and versions of a world's recipe.

use api::recipe::{
    ChangeKind, CheckRecipeRequest, PublishRecipeRequest, RecipeDraft, RecipeVersion, RollBackRecipeRequest,
    SaveDraftRequest, VersionState,
};
use domain::{Error, chunks, recipes, worlds};
use grid::CellCoord;

use crate::test_domain::{TestDomain, may};

const PLAIN: &str = include_str!("plain.yaml");

/// The plain recipe with the ground at another height.
fn raised(metres: u32) -> String {
    PLAIN.replace(
        "height: {step: constant, value: 10}",
        &format!("height: {{step: constant, value: {metres}}}"),
    )
}

async fn save(test: &TestDomain, yaml: String, revision: u32) -> Result<RecipeDraft, Error> {
    let owner = test.owner().await;
    recipes::save_draft(&test.domain, &may(&owner), test.world, SaveDraftRequest { yaml, revision }).await
}

async fn publish(test: &TestDomain, revision: u32) -> Result<RecipeVersion, Error> {
    let owner = test.owner().await;
    let request = PublishRecipeRequest { revision, reason: "higher ground".to_owned() };
    recipes::publish(&test.domain, &may(&owner), test.world, request).await
}

async fn versions(test: &TestDomain) -> Vec<RecipeVersion> {
    let owner = test.owner().await;
    recipes::list(&test.domain, &may(&owner), test.world, None).await.expect("lists").items
}

async fn hash(test: &TestDomain) -> String {
    let owner = test.owner().await;
    let cell = CellCoord::new(0, 0);
    chunks::read(&test.domain, &may(&owner), test.world, cell).await.expect("grows").grown.hash.to_string()
}

#[tokio::test]
async fn a_world_begins_with_the_version_that_it_was_made_with() {
    let test = TestDomain::new().await;
    let all = versions(&test).await;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].version, all[0].state), (1, VersionState::InForce));
    let owner = test.owner().await;
    let text = recipes::read(&test.domain, &may(&owner), test.world, 1).await.expect("reads");
    assert_eq!(text.yaml, PLAIN);
    let draft = recipes::read_draft(&test.domain, &may(&owner), test.world).await.expect("reads");
    assert_eq!(draft, None);
}

#[tokio::test]
async fn a_draft_may_be_broken_and_says_where() {
    let test = TestDomain::new().await;
    let draft = save(&test, PLAIN.replace("layers:", "layerz:"), 0).await.expect("is kept");
    assert_eq!((draft.revision, draft.based_on), (1, 1));
    let fault = draft.faults.first().expect("is told");
    assert_eq!(fault.line, 8, "{fault:?}");
    assert_eq!(fault.suggestion.as_deref(), Some("layers"), "{fault:?}");
    let refused = publish(&test, 1).await;
    assert!(
        matches!(&refused, Err(Error::InvalidField { field: "yaml", message }) if message.contains("line 8"))
    );
}

#[tokio::test]
async fn who_saves_an_outdated_draft_overwrites_nothing() {
    let test = TestDomain::new().await;
    save(&test, raised(11), 0).await.expect("is kept");
    let second = save(&test, raised(12), 1).await.expect("is kept");
    assert_eq!(second.revision, 2);
    for revision in [0, 1, 7] {
        let outdated = save(&test, raised(99), revision).await;
        assert!(matches!(outdated, Err(Error::Conflict(_))), "{revision}: {outdated:?}");
    }
    let outdated = publish(&test, 1).await;
    assert!(matches!(outdated, Err(Error::Conflict(_))), "{outdated:?}");
    let owner = test.owner().await;
    let kept =
        recipes::read_draft(&test.domain, &may(&owner), test.world).await.expect("reads").expect("is there");
    assert_eq!(kept.yaml, raised(12));
}

#[tokio::test]
async fn a_published_version_takes_effect_at_the_next_start_and_can_be_rolled_back() {
    let test = TestDomain::new().await;
    let low = hash(&test).await;
    save(&test, raised(40), 0).await.expect("is kept");
    let version = publish(&test, 1).await.expect("is published");
    assert_eq!((version.version, version.state), (2, VersionState::Waiting));
    assert!(version.changes_terrain);
    let change = &version.changes[0];
    assert_eq!((change.kind, change.part.as_str()), (ChangeKind::Changed, "layers.height"));
    assert_eq!(change.details, ["value 10 → 40"]);
    assert_eq!(hash(&test).await, low, "the ground never moves under a player's feet");

    let again = test.restarted().await;
    assert_ne!(hash(&again).await, low);
    let states: Vec<_> = versions(&again).await.iter().map(|version| version.state).collect();
    assert_eq!(states, [VersionState::InForce, VersionState::Past]);

    let owner = again.owner().await;
    let request = RollBackRecipeRequest { version: 1, reason: "too high".to_owned() };
    let back =
        recipes::roll_back(&again.domain, &may(&owner), again.world, request).await.expect("goes back");
    assert_eq!((back.version, back.restores), (3, Some(1)));
    let last = again.restarted().await;
    assert_eq!(hash(&last).await, low);
    assert_eq!(versions(&last).await.len(), 3, "history is never rewritten");
    let world = worlds::get(&last.domain, &may(&owner), last.world).await.expect("reads");
    assert_eq!(world.recipe_version, 3);
}

#[tokio::test]
async fn what_only_people_read_leaves_the_terrain_alone() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let check = |yaml: String| {
        let request = CheckRecipeRequest { yaml };
        let (domain, owner, world) = (&test.domain, may(&owner), test.world);
        async move { recipes::check(domain, &owner, world, request).await.expect("is looked at") }
    };
    let renamed = check(PLAIN.replace("A flat world for tests.", "Flat.")).await;
    assert!(renamed.publishable && !renamed.changes_terrain, "{renamed:?}");
    assert_eq!(renamed.changes[0].part, "about");
    let same = check(PLAIN.to_owned()).await;
    assert!(!same.publishable && same.changes.is_empty(), "{same:?}");
}

#[tokio::test]
async fn a_recipe_that_fails_its_own_tests_is_not_published() {
    let test = TestDomain::new().await;
    let yaml = format!("{}\ntests: {{ocean_share: \"> 50%\"}}\n", raised(20));
    let draft = save(&test, yaml, 0).await.expect("is kept");
    assert_eq!(draft.faults, []);
    let refused = publish(&test, 1).await;
    assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("ocean_share")), "{refused:?}");
    assert_eq!(versions(&test).await.len(), 1);
}

#[tokio::test]
async fn a_draft_that_is_thrown_away_is_gone() {
    let test = TestDomain::new().await;
    save(&test, raised(11), 0).await.expect("is kept");
    let owner = test.owner().await;
    recipes::discard_draft(&test.domain, &may(&owner), test.world).await.expect("is gone");
    let gone = recipes::discard_draft(&test.domain, &may(&owner), test.world).await;
    assert!(matches!(gone, Err(Error::NotFound("draft"))), "{gone:?}");
    assert_eq!(save(&test, raised(12), 0).await.expect("a new one").revision, 1);
}

#[tokio::test]
async fn the_shipped_schema_is_the_one_that_is_served() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let served = recipes::schema(&may(&owner));
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../config/schemas/recipe.schema.json");
    let text = std::fs::read_to_string(shipped).expect("is there");
    let fresh = concat!(env!("CARGO_TARGET_TMPDIR"), "/recipe.schema.json");
    std::fs::write(fresh, format!("{served:#}\n")).expect("writes");
    let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(read == served, "copy {fresh} to config/schemas");
}
