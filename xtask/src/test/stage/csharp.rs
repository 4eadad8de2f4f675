//! The Unity package's engine-free core, compiled by Mono's C# 6 compiler with no DLLs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::setup::Package;
use crate::test::count;

const PACKAGE: &str = "unity/com.realmkeep.client";

/// The core with its tests, then the same core as a player in a served world.
pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let folder = stand.folder("csharp")?;
    let tests = folder.join("tests.exe");
    stand.required("mcs for the tests", &mut compile(stand, "Tests~/Core", &tests)?)?;
    let units = stand.counted("the core's tests under Mono", &mut mono(stand, &tests)?, count::plain)?;
    let player = folder.join("player.exe");
    stand.required("mcs for the player", &mut compile(stand, "Tests~/HeadlessPlayer", &player)?)?;
    let mut play = mono(stand, &player)?;
    stand.realm()?.introduce(&mut play);
    Ok(units + stand.counted("the headless player under Mono", &mut play, count::plain)?)
}

fn compile(stand: &Stand<'_>, program: &str, output: &Path) -> Result<Command> {
    let package = stand.workspace.root.join(PACKAGE);
    let mut mcs = Command::new(Package::MonoCompiler.program().context("mcs is gone again")?);
    mcs.args(["-langversion:6", "-warnaserror", "-nologo"]).arg(format!("-out:{}", output.display()));
    for folder in ["Runtime/Core", program] {
        let mut sources = Vec::new();
        collect_sources(&package.join(folder), &mut sources)?;
        sources.sort();
        mcs.args(sources);
    }
    Ok(mcs)
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
