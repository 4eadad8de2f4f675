//! Where settings come from, in which order, and how a bad one is told.

use std::{
    ffi::OsString,
    fmt, fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use garde::Validate as _;
use toml::{Table, Value};

use super::Settings;

/// Variables whose names do not follow from the key that they set.
const NAMED: &[(&str, &str)] = &[
    ("LEPTOS_SITE_ADDR", "http.addr"),
    ("LEPTOS_SITE_ROOT", "http.site_root"),
    ("REALMKEEP_DATA", "data"),
    ("REALMKEEP_OPS_ADDR", "ops.addr"),
    ("REALMKEEP_OWNER_EMAIL", "owner.email"),
    ("REALMKEEP_OWNER_PASSWORD", "owner.password"),
];

const PREFIX: &str = "REALMKEEP_";

/// Variables that are not ours to judge: those of tests, and those that Kubernetes makes for a service called
/// `realmkeep`.
const FOREIGN: &[&str] = &["REALMKEEP_TEST_", "REALMKEEP_SERVICE_", "REALMKEEP_PORT"];

/// Why the settings can't be used. Its text is one line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("{}: cannot be read: {cause} (another file: --config)", path.display())]
    Unreadable { path: PathBuf, cause: io::Error },
    #[error("{origin}: {key}: {problem}")]
    Refused { origin: Origin, key: String, problem: String },
    #[error("{origin}: {problem}")]
    Malformed { origin: Origin, problem: String },
}

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file, and the line if it is known.
    File { path: PathBuf, line: Option<usize> },
    /// An environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line: Some(line) } => write!(f, "{}:{line}", path.display()),
            Self::File { path, line: None } => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

impl Settings {
    /// Reads `path`, lays `variables` over it and checks the whole.
    pub(crate) fn load(
        path: &Path,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path)
            .map_err(|cause| SettingsError::Unreadable { path: path.to_owned(), cause })?;
        let file = File { path, text: &text };
        let mut settings = file.parse()?;
        let mut table: Table = text.parse().map_err(|error| file.refusal(String::new(), &error))?;
        let mut set_by = Vec::new();
        for (name, key, text) in overrides(variables)? {
            settings = lay_over(&mut table, &name, &key, &text)?;
            set_by.push((key, name));
        }
        settings.validate().map_err(|report| {
            let (key, problem) = report
                .iter()
                .next()
                .map_or_else(Default::default, |(path, error)| (path.to_string(), error.to_string()));
            let origin = match set_by.iter().rev().find(|(set, _)| *set == key) {
                Some((_, name)) => Origin::Variable(name.clone()),
                None => Origin::File { path: path.to_owned(), line: file.line_of_key(&key) },
            };
            SettingsError::Refused { origin, key, problem }
        })?;
        Ok(settings)
    }
}

/// The settings file, for telling where in it something stands.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn parse(&self) -> Result<Settings, SettingsError> {
        let document =
            toml::Deserializer::parse(self.text).map_err(|error| self.refusal(String::new(), &error))?;
        serde_path_to_error::deserialize(document)
            .map_err(|error| self.refusal(error.path().to_string(), error.inner()))
    }

    fn refusal(&self, key: String, error: &toml::de::Error) -> SettingsError {
        let origin =
            Origin::File { path: self.path.to_owned(), line: error.span().map(|span| self.line_of(&span)) };
        refused(origin, key, error)
    }

    fn line_of(&self, span: &Range<usize>) -> usize {
        self.text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1
    }

    /// The line in which `key` (`topic.name`, perhaps with an index behind) is set.
    fn line_of_key(&self, key: &str) -> Option<usize> {
        let document = toml::de::DeTable::parse(self.text).ok()?;
        let mut parts = key.split(['.', '[']);
        let topic = document.get_ref().get_key_value(parts.next()?)?;
        let Some(name) = parts.next() else { return Some(self.line_of(&topic.0.span())) };
        let (name, _) = topic.1.get_ref().as_table()?.get_key_value(name)?;
        Some(self.line_of(&name.span()))
    }
}

fn refused(origin: Origin, key: String, error: &toml::de::Error) -> SettingsError {
    let problem = error.message().replace("unknown field", "unknown key").replace('\n', " ");
    if key.is_empty() || key == "." {
        SettingsError::Malformed { origin, problem }
    } else {
        SettingsError::Refused { origin, key, problem }
    }
}

/// The variables that set something, as name, key and text, ordered by name so that errors don't depend on chance.
fn overrides(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Vec<(String, String, String)>, SettingsError> {
    let mut found = Vec::new();
    for (name, text) in variables {
        let Some(name) = name.to_str().map(str::to_owned) else { continue };
        let Some(key) = key_of(&name) else { continue };
        let text = text.into_string().map_err(|_| SettingsError::Malformed {
            origin: Origin::Variable(name.clone()),
            problem: "is not UTF-8".to_owned(),
        })?;
        found.push((name, key, text));
    }
    found.sort();
    Ok(found)
}

/// The key that a variable sets: `REALMKEEP_AUTH__ACCESS_TTL_S` sets `auth.access_ttl_s`.
fn key_of(name: &str) -> Option<String> {
    if let Some((_, key)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*key).to_owned());
    }
    if FOREIGN.iter().any(|prefix| name.starts_with(prefix)) {
        return None;
    }
    Some(name.strip_prefix(PREFIX)?.to_lowercase().replace("__", "."))
}

/// Sets `key` in `table` to what `text` means, and reads all settings again, so that the first refusal is this
/// variable's.
fn lay_over(table: &mut Table, name: &str, key: &str, text: &str) -> Result<Settings, SettingsError> {
    let origin = || Origin::Variable(name.to_owned());
    // A number where text is wanted (a password of digits) is text: what reads as TOML comes first, then the bare text.
    let as_text = Value::String(text.to_owned());
    let readings = [text.parse::<Value>().ok(), Some(as_text)];
    let mut refusal = None;
    for value in readings.into_iter().flatten() {
        set(table, key, value).map_err(|problem| SettingsError::Malformed { origin: origin(), problem })?;
        let reading: Result<Settings, _> = serde_path_to_error::deserialize(table.clone());
        match reading {
            Ok(settings) => return Ok(settings),
            Err(error) => {
                refusal.get_or_insert_with(|| refused(origin(), error.path().to_string(), error.inner()));
            }
        }
    }
    Err(refusal.expect("at least the bare text was tried"))
}

fn set(table: &mut Table, key: &str, value: Value) -> Result<(), String> {
    let Some((topic, name)) = key.split_once('.') else {
        table.insert(key.to_owned(), value);
        return Ok(());
    };
    match table.entry(topic).or_insert_with(|| Value::Table(Table::new())) {
        Value::Table(topic) => {
            topic.insert(name.to_owned(), value);
            Ok(())
        }
        _ => Err(format!("`{topic}` has no key `{name}`")),
    }
}
