//! Remembers from which inputs a file was made, to skip a step that would make the same again.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// What a step reads: files, and whatever else decides its output.
#[derive(Default)]
pub(super) struct Inputs(DefaultHasher);

impl Inputs {
    /// Options, versions.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.0.write(text.as_bytes());
        self.0.write_u8(0xff);
        self
    }

    /// One file's content.
    pub(super) fn file(mut self, path: &Path) -> Result<Self> {
        self.0.write(&std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?);
        Ok(self.text(&path.to_string_lossy()))
    }

    /// All files below a folder.
    pub(super) fn folder(mut self, folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect_files(folder, &mut files)?;
        files.sort();
        for file in files {
            self = self.file(&file)?;
        }
        Ok(self)
    }
}

/// The state of a step's inputs and outputs, kept beside the site.
pub(super) struct Stamp {
    file: PathBuf,
    outputs: Vec<PathBuf>,
    inputs: u64,
}

impl Stamp {
    pub(super) fn new(site: &Path, step: &str, inputs: &Inputs, outputs: Vec<PathBuf>) -> Self {
        Self { file: site.with_extension(format!("{step}.stamp")), outputs, inputs: inputs.0.finish() }
    }

    /// Whether these outputs, as they lie there, came from these inputs.
    pub(super) fn is_current(&self) -> bool {
        std::fs::read_to_string(&self.file)
            .is_ok_and(|text| self.content().is_ok_and(|content| content == text))
    }

    /// Notes that they do. Call when the step is done.
    pub(super) fn write(&self) -> Result<()> {
        std::fs::write(&self.file, self.content()?)
            .with_context(|| format!("can't write {}", self.file.display()))
    }

    /// Outputs count too: cargo-leptos builds into the same folder.
    fn content(&self) -> Result<String> {
        let mut outputs = Inputs::default();
        for output in &self.outputs {
            outputs = outputs.file(output)?;
        }
        Ok(format!("{:016x} {:016x}", self.inputs, outputs.0.finish()))
    }
}

pub(super) fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry.with_context(|| format!("can't read {}", folder.display()))?.path();
        if path.is_dir() {
            collect_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(site: &Path, input: &str) -> Stamp {
        Stamp::new(site, "step", &Inputs::default().text(input), vec![site.join("out")])
    }

    #[test]
    fn a_step_is_current_until_its_input_or_its_output_changes() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir(&site).unwrap();
        assert!(!stamp(&site, "a").is_current());

        std::fs::write(site.join("out"), "made from a").unwrap();
        stamp(&site, "a").write().unwrap();
        assert!(stamp(&site, "a").is_current());
        assert!(!stamp(&site, "b").is_current());

        std::fs::write(site.join("out"), "someone else's").unwrap();
        assert!(!stamp(&site, "a").is_current());
    }
}
