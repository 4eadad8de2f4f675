//! Log lines: JSON for machines, text for people at a terminal.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Starts logging to standard error. Standard output is for the few lines that are meant for people.
pub(crate) fn start(settings: &LogSettings) {
    let filter = EnvFilter::new(&settings.filter);
    let human = match settings.format {
        LogFormat::Auto => io::stderr().is_terminal(),
        LogFormat::Json => false,
        LogFormat::Human => true,
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if human {
        lines.with_target(false).init();
    } else {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).init();
    }
}
