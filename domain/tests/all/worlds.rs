//! Worlds and their recipes.

use std::fs;

use domain::worlds::{self, NewWorld};

use crate::test_domain::TestDomain;

#[tokio::test]
async fn a_world_tells_what_it_grows_from() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let listed = worlds::list(&test.domain, &owner).await.expect("lists").items;
    let world = worlds::get(&test.domain, &owner, test.world).await.expect("reads");
    assert_eq!(listed, [world.clone()]);
    assert_eq!((world.name.as_str(), world.seed.as_str(), world.recipe_id.as_str()), ("Plain", "7", "plain"));
    let recipe = worlds::recipe(&test.domain, &owner, test.world).await.expect("reads");
    assert_eq!(recipe.fingerprint, world.fingerprint);
    assert!(recipe.yaml.contains("layers:"));
    assert!(recipe.recipe.is_object());
    let regions = worlds::regions(&test.domain, &owner, test.world).await.expect("lists").items;
    assert!(regions.is_empty(), "none runs in this process");
}

#[tokio::test]
async fn a_second_start_keeps_the_first_world() {
    let test = TestDomain::new().await;
    let again = test.restarted().await;
    assert_eq!(again.world, test.world);
}

#[tokio::test]
async fn a_broken_recipe_is_told_with_its_file() {
    let test = TestDomain::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("broken.yaml");
    fs::write(&file, "format: 1\nengine: 1\nid: broken\nlayerz: {}\n").expect("writes");
    let new = NewWorld { name: "Broken".into(), recipe_file: file.clone(), seed: 1 };
    // Only an empty house reads the recipe.
    worlds::seed(&test.domain, &new).await.expect("the first world is there already");
    let error =
        worldgen::Recipe::from_yaml(&file.display().to_string(), &fs::read_to_string(&file).expect("reads"));
    assert!(error.expect_err("is broken").to_string().contains("broken.yaml"));
}
