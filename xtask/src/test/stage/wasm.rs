//! What runs in the browser, built for it and run under Node.

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::setup;
use crate::test::count;

const TARGET: &str = "wasm32-unknown-unknown";

/// One by one: together, one crate's features would hide what another lacks.
pub(super) fn build_pure_crates(stand: &mut Stand<'_>) -> Result<Tally> {
    let mut tally = Tally::default();
    for name in ["grid", "rules", "protocol", "api", "worldgen"] {
        let mut cargo =
            stand.cargo(&["build", "--package", name, "--lib", "--no-default-features", "--target", TARGET]);
        tally = tally + stand.checked(&format!("{name} for wasm32"), &mut cargo)?;
    }
    Ok(tally)
}

/// worldgen's golden hashes, the same as in the native tests.
pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let wasm_bindgen = setup::wasm_bindgen::find(stand.workspace)?.context("wasm-bindgen is gone again")?;
    let mut cargo =
        stand.cargo(&["test", "--package", "worldgen", "--no-default-features", "--target", TARGET]);
    cargo.args(["--test", "golden"]);
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        wasm_bindgen.with_file_name("wasm-bindgen-test-runner"),
    );
    stand.counted("worldgen under Node", &mut cargo, count::libtest)
}
