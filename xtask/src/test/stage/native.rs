//! Rust's own tests, with real databases at hand.

use anyhow::Result;

use super::{Stand, Tally};
use crate::test::count;

pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let mut cargo = stand.cargo(&["test", "--workspace", "--exclude", "frontend", "--no-fail-fast"]);
    let databases = stand.databases()?;
    cargo.env("REALMKEEP_TEST_POSTGRES_URL", &databases.postgres_url);
    cargo.env("REALMKEEP_TEST_REDIS_URL", &databases.redis_url);
    stand.counted("cargo test", &mut cargo, count::libtest)
}
