//! Where things are: the repository, cargo's target folder, the cache of tools.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The repository and the folders that the workshop writes to.
pub(crate) struct Workspace {
    /// The repository's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever `CARGO_TARGET_DIR` or a config file put it.
    pub(crate) target: PathBuf,
    /// Tools that cargo installs, one folder a tool and version; shared by all clones.
    pub(crate) tools: PathBuf,
}

impl Workspace {
    /// Finds the repository from the running xtask, not from the current folder.
    ///
    /// # Errors
    /// When the root has no `Cargo.toml`, or cargo can't read it.
    pub(crate) fn find() -> Result<Self> {
        // Read while running: two clones that share a target folder also share this binary's path.
        let own = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = match own.as_deref().and_then(Path::parent) {
            Some(root) => root.to_owned(),
            None => std::env::current_dir().context("the current folder is gone")?,
        };
        if !root.join("xtask/Cargo.toml").is_file() {
            bail!("{} is not Realmkeep's repository: start this as `cargo xtask`", root.display());
        }
        let metadata = cargo_metadata::MetadataCommand::new()
            .current_dir(&root)
            .no_deps()
            .exec()
            .context("cargo can't read the workspace")?;
        let target = metadata.target_directory.into_std_path_buf();
        let tools = tools_cache().unwrap_or_else(|| target.join("tools"));
        Ok(Self { root, target, tools })
    }

    /// The site that `run` serves: the same folder as in `[[workspace.metadata.leptos]]`.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// A program that npm installed.
    pub(crate) fn node_program(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }
}

/// `$XDG_CACHE_HOME/realmkeep/tools` or its usual place in the home folder, if it can be written.
fn tools_cache() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    let tools = cache.join("realmkeep/tools");
    std::fs::create_dir_all(&tools).ok()?;
    tempfile::tempfile_in(&tools).ok()?;
    Some(tools)
}
