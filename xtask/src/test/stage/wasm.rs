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

/// How worldgen is built for its golden hashes: with plain instructions and assertions, as tests are; and with vectors and
/// optimised, as the page is. The native tests pin the same hashes for both, on narrow and on wide instructions.
///
/// Flags of the environment go behind those of `.cargo/config.toml`, which asks for vectors.
const BUILDS: [(&str, &str, &str); 2] =
    [("scalar", "dev", "-Ctarget-feature=-simd128"), ("simd128", "play", "")];

/// worldgen's golden hashes, the same as in the native tests.
pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let wasm_bindgen = setup::wasm_bindgen::find(stand.workspace)?.context("wasm-bindgen is gone again")?;
    let runner = wasm_bindgen.with_file_name("wasm-bindgen-test-runner");
    let mut tally = Tally::default();
    for (instructions, profile, flags) in BUILDS {
        let mut cargo =
            stand.cargo(&["test", "--package", "worldgen", "--no-default-features", "--target", TARGET]);
        cargo.args(["--profile", profile, "--test", "golden"]);
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner);
        // The test compares this with what it was compiled for.
        cargo.env("REALMKEEP_INSTRUCTIONS", instructions);
        if !flags.is_empty() {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        let title = format!("worldgen under Node, {instructions}");
        tally = tally + stand.counted(&title, &mut cargo, count::libtest)?;
    }
    Ok(tally)
}
