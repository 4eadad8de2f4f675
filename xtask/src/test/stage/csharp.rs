//! The Unity package's engine-free core, compiled by Mono's C# 6 compiler with no DLLs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD};
use crate::setup::Package;
use crate::test::count;

const PACKAGE: &str = "unity/com.realmkeep.client";

/// The core with its golden vectors, then the same core as a player in a served world.
pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let golden = compile(stand, "GoldenTests")?;
    let mut vectors = mono(stand, &golden)?;
    vectors.arg("game/protocol/golden");
    let core = stand.counted("the core's tests under Mono", &mut vectors, count::plain)?;
    let player = compile(stand, "HeadlessPlayer")?;
    let mut play = mono(stand, &player)?;
    play.args(["--email", OWNER_EMAIL, "--password", OWNER_PASSWORD, "--server"])
        .arg(stand.realm()?.address());
    Ok(core + stand.counted("the headless player under Mono", &mut play, count::plain)?)
}

/// The core and its tests, with one of the two entry points.
fn compile(stand: &Stand<'_>, entry: &str) -> Result<PathBuf> {
    let package = stand.workspace.root.join(PACKAGE);
    let program = stand.folder("csharp")?.join(format!("{entry}.exe"));
    let mut mcs = Command::new(Package::MonoCompiler.program().context("mcs is gone again")?);
    mcs.args(["-langversion:6", "-warnaserror", "-nologo"]);
    mcs.arg(format!("-main:Realmkeep.Tests.{entry}")).arg(format!("-out:{}", program.display()));
    let mut sources = Vec::new();
    collect_sources(&package.join("Runtime/Core"), &mut sources)?;
    collect_sources(&package.join("Tests~"), &mut sources)?;
    sources.sort();
    stand.required(&format!("mcs for {entry}"), mcs.args(sources))?;
    Ok(program)
}

fn mono(stand: &Stand<'_>, program: &Path) -> Result<Command> {
    let mut mono = Command::new(Package::MonoRuntime.program().context("mono is gone again")?);
    mono.current_dir(&stand.workspace.root).arg("--debug").arg(program);
    Ok(mono)
}

fn collect_sources(folder: &Path, sources: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry.with_context(|| format!("can't read {}", folder.display()))?.path();
        if path.is_dir() {
            collect_sources(&path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "cs") {
            sources.push(path);
        }
    }
    Ok(())
}
