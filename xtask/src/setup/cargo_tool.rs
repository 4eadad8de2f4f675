//! Tools that cargo builds from their released source, into a cache that all clones share.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::shell;
use crate::workspace::Workspace;

/// A crate with a program, at one version.
pub(super) struct CargoTool {
    pub(super) package: &'static str,
    pub(super) version: String,
    pub(super) arguments: &'static [&'static str],
    /// How much to optimise it, as in a cargo profile. It costs minutes: 0, unless the tool runs with every build.
    pub(super) opt_level: &'static str,
}

impl CargoTool {
    /// The folder of its programs in the cache.
    pub(super) fn bin(&self, workspace: &Workspace) -> PathBuf {
        self.folder(workspace).join("bin")
    }

    /// The program on PATH if it has this version, or the one in the cache.
    pub(super) fn find(&self, workspace: &Workspace, program: &str) -> Option<PathBuf> {
        let cached = self.bin(workspace).join(program);
        if cached.is_file() {
            return Some(cached);
        }
        shell::find_program(program).filter(|found| self.is_version_of(found))
    }

    fn is_version_of(&self, program: &Path) -> bool {
        shell::output_of(Command::new(program).arg("--version"))
            .is_ok_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    /// Builds it, as quickly as it may.
    pub(super) fn install(&self, workspace: &Workspace) -> Result<()> {
        shell::stream(
            // Outside of the repository: its settings are for its own builds.
            shell::cargo(&workspace.tools)
                .args(["install", self.package, "--version", &self.version, "--force", "--root"])
                .arg(self.folder(workspace))
                .args(self.arguments)
                .env("CARGO_TARGET_DIR", leftovers(workspace))
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "false"),
        )
        .with_context(|| {
            format!(
                "{0} {1} could not be built: install it by hand (`cargo install {0} --version {1}`)",
                self.package, self.version
            )
        })
    }

    fn folder(&self, workspace: &Workspace) -> PathBuf {
        workspace.tools.join(format!("{}-{}", self.package, self.version))
    }
}

/// Removes what the builds left behind. Kept until all of a set-up is done: the tools share crates.
pub(super) fn remove_leftovers(workspace: &Workspace) {
    // Nothing depends on it being gone.
    let _ = std::fs::remove_dir_all(leftovers(workspace));
}

fn leftovers(workspace: &Workspace) -> PathBuf {
    workspace.tools.join("build")
}
