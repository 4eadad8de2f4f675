//! What the stages came to: a table, then the one line that counts.

use std::process::ExitCode;
use std::time::Duration;

use super::Tally;
use crate::screen;

/// How a stage ended.
pub(super) enum Outcome {
    /// Its tests ran; some may have failed.
    Counted(Tally),
    /// It could not do its work. That is a failure, whatever the reason.
    Broken(String),
}

#[derive(Default)]
pub(super) struct Report {
    rows: Vec<(&'static str, Duration, Tally)>,
}

impl Report {
    pub(super) fn add(&mut self, stage: &'static str, took: Duration, outcome: Outcome) {
        let tally = match outcome {
            Outcome::Counted(tally) => tally,
            Outcome::Broken(reason) => {
                screen::error(&format!("{stage}: {reason}"));
                Tally::failed(1)
            }
        };
        let verdict = if tally.failed == 0 { screen::good("ok") } else { screen::bad("FAILED") };
        screen::note(&format!("      {verdict} {stage}: {tally} ({})", screen::span(took)));
        self.rows.push((stage, took, tally));
    }

    /// Prints the table and the last line.
    pub(super) fn finish(&self) -> ExitCode {
        let mut sum = Tally::default();
        screen::line("");
        screen::line(&format!("{:<14}{:>8}{:>8}{:>9}  time", "stage", "passed", "failed", "ignored"));
        for (stage, took, tally) in &self.rows {
            let Tally { passed, failed, ignored } = tally;
            screen::line(&format!("{stage:<14}{passed:>8}{failed:>8}{ignored:>9}  {}", screen::span(*took)));
            sum = sum + *tally;
        }
        screen::line(&format!("{} passed, {} failed", sum.passed, sum.failed));
        if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
