//! The repository as rules see it: its text files, and its crates as cargo knows them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// A text file.
pub(super) struct TextFile {
    /// From the root, with forward slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl TextFile {
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Lines that are not wholly comment.
    pub(super) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Everything that rules look at.
pub(super) struct Tree {
    pub(super) root: PathBuf,
    pub(super) files: Vec<TextFile>,
    metadata: Metadata,
}

impl Tree {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(root, root, &mut files)?;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        let metadata =
            MetadataCommand::new().current_dir(root).no_deps().exec().context("cargo metadata failed")?;
        Ok(Self { root: root.to_owned(), files, metadata })
    }

    pub(super) fn rust_files(&self) -> impl Iterator<Item = &TextFile> {
        self.files.iter().filter(|file| file.is_rust())
    }

    pub(super) fn file(&self, path: &str) -> Result<&TextFile> {
        self.files.iter().find(|file| file.path == path).with_context(|| format!("{path} is missing"))
    }

    /// Our crates.
    pub(super) fn crates(&self) -> &[Package] {
        &self.metadata.packages
    }

    /// The crate's folder from the root.
    pub(super) fn folder_of(&self, package: &Package) -> String {
        self.relative(package.manifest_path.parent().map_or(Path::new(""), |folder| folder.as_std_path()))
    }

    /// What a crate needs to be built, outside of tests.
    pub(super) fn dependencies_of(package: &Package) -> impl Iterator<Item = &str> {
        package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind != DependencyKind::Development)
            .map(|dependency| dependency.name.as_str())
    }

    /// Where cargo starts reading: libraries, programs, tests, examples, benchmarks.
    pub(super) fn target_roots(&self) -> impl Iterator<Item = String> {
        self.crates()
            .iter()
            .flat_map(|package| &package.targets)
            .map(|target| self.relative(target.src_path.as_std_path()))
    }

    fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}

/// Folders that cargo, npm and the server fill, and those of editors and of git, are not the tree.
fn is_ours(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let hidden = name.starts_with('.') && ![".cargo", ".ci"].contains(&name.as_ref());
    let filled = ["target", "node_modules", "data"].contains(&name.as_ref());
    !hidden && !filled && !folder.join("CACHEDIR.TAG").exists()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<TextFile>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry.with_context(|| format!("can't read {}", folder.display()))?.path();
        if path.is_dir() {
            if is_ours(&path) {
                collect(root, &path, files)?;
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            files.push(TextFile { path, text });
        }
    }
    Ok(())
}
