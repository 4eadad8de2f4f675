//! The files that are served as they are: icons, fonts, the worker's script.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::stamp::collect_files;

/// Copies what differs. Files that were removed stay until `cargo clean`: nothing links to them.
pub(super) fn copy(public: &Path, site: &Path) -> Result<()> {
    if !public.is_dir() {
        return Ok(());
    }
    let mut files = Vec::new();
    collect_files(public, &mut files)?;
    for from in files {
        let to = site.join(from.strip_prefix(public).context("a public file outside of its folder")?);
        let content = std::fs::read(&from).with_context(|| format!("can't read {}", from.display()))?;
        if std::fs::read(&to).is_ok_and(|present| present == content) {
            continue;
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("can't create {}", folder.display()))?;
        }
        std::fs::write(&to, content).with_context(|| format!("can't write {}", to.display()))?;
    }
    Ok(())
}
