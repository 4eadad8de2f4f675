//! Logs.

use garde::Validate;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

/// What is logged, and how.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogSettings {
    /// How lines look.
    #[garde(skip)]
    pub(crate) format: LogFormat,
    /// Which lines are written, such as `info,game=debug`.
    #[garde(custom(is_a_filter))]
    pub(crate) filter: String,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    /// For people on a terminal, JSON otherwise.
    #[default]
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Human,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::default(),
            filter: "info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn".to_owned(),
        }
    }
}

fn is_a_filter(text: &str, (): &()) -> garde::Result {
    EnvFilter::try_new(text).map(|_| ()).map_err(garde::Error::new)
}
