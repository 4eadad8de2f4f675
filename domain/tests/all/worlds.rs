//! Worlds and their recipes.

use std::fs;

use domain::{
    DomainSettings,
    worlds::{self, NewWorld},
};

use crate::test_domain::{TestDomain, empty_house, may};

#[tokio::test]
async fn a_world_tells_what_it_grows_from() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let listed = worlds::list(&test.domain, &may(&owner)).await.expect("lists").items;
    let world = worlds::get(&test.domain, &may(&owner), test.world).await.expect("reads");
    assert_eq!(listed, std::slice::from_ref(&world));
    assert_eq!((world.name.as_str(), world.seed.as_str(), world.recipe_id.as_str()), ("Plain", "7", "plain"));
    let recipe = worlds::recipe(&test.domain, &may(&owner), test.world).await.expect("reads");
    assert_eq!(recipe.fingerprint, world.fingerprint);
    assert!(recipe.yaml.contains("layers:"));
    assert!(recipe.recipe.is_object());
    let regions = worlds::regions(&test.domain, &may(&owner), test.world).await.expect("lists").items;
    assert!(regions.is_empty(), "none runs in this process");
}

#[tokio::test]
async fn a_second_start_keeps_the_first_world() {
    let test = TestDomain::new().await;
    let again = test.restarted().await;
    assert_eq!(again.world, test.world);
}

#[tokio::test]
async fn a_recipe_that_cannot_grow_is_told_with_its_file_and_leaves_no_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let (domain, store) = empty_house(folder.path(), DomainSettings::default()).await;
    let file = folder.path().join("broken.yaml");
    let new = NewWorld { name: "Broken".into(), recipe_file: file.clone(), seed: 1 };
    let missing = worlds::seed(&domain, &new).await.expect_err("there is no file");
    fs::write(&file, "format: 1\nengine: 1\nid: broken\nlayerz: {}\n").expect("writes");
    let broken = worlds::seed(&domain, &new).await.expect_err("it is no recipe");
    for text in [missing.to_string(), broken.to_string()] {
        assert!(text.contains("broken.yaml") && !text.contains('\n'), "{text}");
    }
    assert!(broken.to_string().contains("layerz"), "{broken}");
    assert_eq!(store::worlds::list(&store).await.expect("lists"), []);
}
