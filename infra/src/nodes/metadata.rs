//! A node's metadata: one JSON file each, and what is wrong with it, by file, line and key.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::node::Kind;

/// The largest file, in bytes.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// Nodes of an installation.
const FILES_MAX: usize = 256;
/// The longest name, label or driver.
const TEXT_CHARS_MAX: usize = 100;

/// What is known of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The node.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub kind: Kind,
    /// Who does the work.
    pub driver: String,
    /// The region that it serves, if it serves one.
    pub region: Option<Uuid>,
    /// What people sort nodes by.
    pub labels: BTreeMap<String, String>,
    /// The driver's own settings.
    pub config: serde_json::Value,
}

/// What was expected where, within one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Line of the text, from 1.
    pub line: usize,
    /// The key, with dots: `config.servers[0]`.
    pub key: String,
    /// What is wrong, and what was expected.
    pub reason: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.reason)
    }
}

/// A file that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}: {}: {}", file.display(), misfit.line, misfit.key, misfit.reason)]
pub struct MetadataError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub misfit: Misfit,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataFile {
    /// Where it lies.
    pub file: PathBuf,
    /// What it says.
    pub metadata: Metadata,
    /// The text of `config`, as it stands there.
    config_text: String,
    /// The line where that text begins.
    config_line: usize,
    /// Whether settings of the process go before the file.
    is_overruled: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    id: Uuid,
    name: String,
    kind: Kind,
    driver: String,
    #[serde(default)]
    region: Option<Uuid>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(borrow, default)]
    config: Option<&'a RawValue>,
}

impl MetadataFile {
    /// Reads a text that lies, or would lie, in `file`.
    ///
    /// # Errors
    /// The text is no JSON, lacks a key, has one too many, or a value is not what was expected.
    pub fn parse(file: &Path, text: &str) -> Result<Self, MetadataError> {
        let wrong = |misfit| MetadataError { file: file.to_owned(), misfit };
        let written: Written<'_> = read(text).map_err(wrong)?;
        for (key, text) in [("name", &written.name), ("driver", &written.driver)] {
            if text.is_empty() || text.chars().count() > TEXT_CHARS_MAX {
                let reason = format!("expected 1 to {TEXT_CHARS_MAX} characters");
                return Err(wrong(Misfit { line: 1, key: key.to_owned(), reason }));
            }
        }
        let config_text = written.config.map_or("{}", RawValue::get);
        let config_line = written.config.map_or(1, |config| line_of(text, config.get()));
        let config: serde_json::Value = read(config_text).map_err(wrong)?;
        if !config.is_object() {
            let (line, key) = (config_line, "config".to_owned());
            return Err(wrong(Misfit { line, key, reason: "expected an object".to_owned() }));
        }
        Ok(Self {
            file: file.to_owned(),
            config_text: config_text.to_owned(),
            config_line,
            is_overruled: false,
            metadata: Metadata {
                id: written.id,
                name: written.name,
                kind: written.kind,
                driver: written.driver,
                region: written.region,
                labels: written.labels,
                config,
            },
        })
    }

    /// Metadata that no file says yet.
    #[must_use]
    pub fn unwritten(file: PathBuf, metadata: Metadata) -> Self {
        let config_text = metadata.config.to_string();
        Self { file, metadata, config_text, config_line: 1, is_overruled: false }
    }

    /// Whether settings of the process go before the file.
    pub(crate) const fn is_overruled(&self) -> bool {
        self.is_overruled
    }

    /// Lets settings of the process go before it.
    pub(crate) fn overrule(&mut self, driver: &str, config: &serde_json::Value) {
        driver.clone_into(&mut self.metadata.driver);
        self.metadata.config.clone_from(config);
        self.config_text = config.to_string();
        self.is_overruled = true;
    }

    /// Reads all `*.json` of a folder, by name. A folder that is not there holds none.
    ///
    /// # Errors
    /// A file can't be read or used, or two of them are about the same node.
    pub fn read_folder(folder: &Path) -> Result<Vec<Self>, MetadataError> {
        let mut paths = Vec::new();
        if folder.is_dir() {
            for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
                let path = entry.map_err(|error| unreadable(folder, &error))?.path();
                if path.extension().is_some_and(|extension| extension == "json") {
                    paths.push(path);
                }
            }
        }
        paths.sort_unstable();
        if paths.len() > FILES_MAX {
            let reason = format!("{} files are more than {FILES_MAX}", paths.len());
            return Err(whole(folder, reason));
        }
        let mut files: Vec<Self> = Vec::new();
        for path in paths {
            let file = Self::read(&path)?;
            if let Some(other) = files.iter().find(|other| other.metadata.id == file.metadata.id) {
                let reason = format!("{} has the same", other.file.display());
                return Err(MetadataError {
                    file: path,
                    misfit: Misfit { line: 1, key: "id".to_owned(), reason },
                });
            }
            files.push(file);
        }
        Ok(files)
    }

    /// Reads one file.
    ///
    /// # Errors
    /// It can't be read or used.
    pub fn read(path: &Path) -> Result<Self, MetadataError> {
        let size = fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
        if size > FILE_BYTES_MAX {
            return Err(whole(path, format!("{size} bytes are more than {FILE_BYTES_MAX}")));
        }
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        Self::parse(path, &text)
    }

    /// What a check of `config` alone found, told in terms of the whole file.
    #[must_use]
    pub fn misfit(&self, in_config: Misfit) -> MetadataError {
        let line = self.config_line + in_config.line.saturating_sub(1);
        let key = match in_config.key.as_str() {
            "driver" => "driver".to_owned(),
            "." => "config".to_owned(),
            key => format!("config.{key}"),
        };
        MetadataError { file: self.file.clone(), misfit: Misfit { line, key, reason: in_config.reason } }
    }

    /// The text of `config`.
    #[must_use]
    pub fn config_text(&self) -> &str {
        &self.config_text
    }
}

/// Reads a JSON text, and says where it is not what was expected.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Misfit> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let key = error.path().to_string();
        let inner = error.into_inner();
        Misfit { line: inner.line().max(1), key, reason: without_place(&inner) }
    })?;
    deserializer.end().map_err(|error| Misfit {
        line: error.line().max(1),
        key: ".".to_owned(),
        reason: without_place(&error),
    })?;
    Ok(value)
}

/// serde_json says the line again at the end.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

fn line_of(text: &str, part: &str) -> usize {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    1 + text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count()
}

fn unreadable(path: &Path, error: &std::io::Error) -> MetadataError {
    whole(path, error.to_string())
}

fn whole(path: &Path, reason: String) -> MetadataError {
    MetadataError { file: path.to_owned(), misfit: Misfit { line: 1, key: ".".to_owned(), reason } }
}

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::*;

    const GOOD: &str = r#"{
  "id": "0199c0de-0000-7000-8000-000000000001",
  "name": "Event bus",
  "kind": "event_bus",
  "driver": "redis",
  "labels": { "tier": "core" },
  "config": {
    "servers": ["redis://cache:6379"],
    "password": { "env": "REDIS_PASSWORD" }
  }
}"#;

    fn refused(text: &str) -> String {
        MetadataFile::parse(Path::new("bus.json"), text).expect_err("is refused").to_string()
    }

    #[test]
    fn a_good_file_is_read() {
        let file = MetadataFile::parse(Path::new("bus.json"), GOOD).expect("is good");
        assert_eq!(file.metadata.kind, Kind::EventBus);
        assert_eq!(file.metadata.labels["tier"], "core");
        assert_eq!(file.metadata.config["servers"][0], "redis://cache:6379");
        assert_eq!(file.config_line, 7);
    }

    #[test]
    fn a_bad_file_is_refused_with_line_and_key() {
        let unknown_kind = refused(&GOOD.replace("event_bus", "eventbus"));
        assert!(unknown_kind.starts_with("bus.json:4: kind: unknown variant `eventbus`, expected one of"));
        assert!(unknown_kind.contains("`session_store`"), "{unknown_kind}");
        let misspelt = refused(&GOOD.replace("\"driver\"", "\"drvier\""));
        assert!(misspelt.starts_with("bus.json:5: drvier: unknown field `drvier`"), "{misspelt}");
        let no_uuid = refused(&GOOD.replace("0199c0de-", "x"));
        assert!(no_uuid.starts_with("bus.json:2: id: "), "{no_uuid}");
        let cut = refused(&GOOD[..GOOD.len() - 3]);
        assert!(cut.starts_with("bus.json:9: ") || cut.starts_with("bus.json:10: "), "{cut}");
        assert!(refused("").contains("EOF"));
        assert!(refused(&GOOD.replace("\"Event bus\"", "\"\"")).contains("name: expected 1 to 100"));
    }

    #[test]
    fn a_misfit_of_the_config_is_told_in_lines_of_the_file() {
        let file = MetadataFile::parse(Path::new("bus.json"), GOOD).expect("is good");
        let in_config = read::<BTreeMap<String, String>>(file.config_text()).expect_err("is no text");
        assert_eq!(
            file.misfit(in_config).to_string().split(": ").take(2).collect::<Vec<_>>(),
            ["bus.json:8", "config.servers"]
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = MetadataFile::parse(Path::new("bus.json"), &text);
        }
    }
}
