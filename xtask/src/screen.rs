//! What the workshop says: progress and errors on stderr, results on stdout.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// A result: the part of the output that someone may want to read by machine.
pub(crate) fn line(text: &str) {
    // A closed pipe (`cargo xtask test | head`) is no reason to panic.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Progress, for people.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Why the command failed, in one line.
pub(crate) fn error(text: &str) {
    note(&format!("{}: {text}", paint("1;31", "error")));
}

/// Green, if stderr is a terminal.
pub(crate) fn good(text: &str) -> String {
    paint("32", text)
}

/// Red, if stderr is a terminal.
pub(crate) fn bad(text: &str) -> String {
    paint("1;31", text)
}

/// Faint, if stderr is a terminal.
pub(crate) fn faint(text: &str) -> String {
    paint("2", text)
}

fn paint(code: &str, text: &str) -> String {
    if std::io::stderr().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// "8 s", "2 min 05 s".
pub(crate) fn span(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f32()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Numbered steps of a known count: "[2/5] npm packages".
pub(crate) struct Steps {
    total: usize,
    at: usize,
    begun: Instant,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, at: 0, begun: Instant::now() }
    }

    /// Announces the next step and returns its "[n/m] title".
    pub(crate) fn next(&mut self, title: &str) -> String {
        self.at += 1;
        let heading = format!("[{}/{}] {title}", self.at, self.total);
        note(&format!("{heading} {}", faint(&format!("(after {})", span(self.begun.elapsed())))));
        heading
    }

    /// How long all steps took so far.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}
