//! Rust's own tests, with real databases at hand.

use anyhow::Result;

use super::{Stand, Tally};
use crate::test::count;

pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let mut cargo = stand.cargo(&[
        "test",
        "--workspace",
        "--exclude",
        "frontend",
        "--exclude",
        "peers",
        "--no-fail-fast",
    ]);
    let databases = stand.databases()?;
    cargo.env("REALMKEEP_TEST_POSTGRES_URL", &databases.postgres_url);
    cargo.env("REALMKEEP_TEST_REDIS_URL", &databases.redis_url);
    cargo.env("REALMKEEP_TEST_REDIS_CLUSTER_URLS", &databases.redis_cluster_urls);
    let tally = stand.counted("cargo test", &mut cargo, count::libtest)?;
    // What tests check with assertions on, worlds are made of without.
    let mut cargo = stand.cargo(&["test", "--package", "worldgen", "--no-default-features"]);
    cargo.args(["--profile", "play", "--test", "golden"]);
    Ok(tally + stand.counted("terrain's golden hashes, optimised", &mut cargo, count::libtest)?)
}
