//! What Prometheus will read: promtool judges it.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::setup::Package;

pub(super) fn check(stand: &mut Stand<'_>) -> Result<Tally> {
    let promtool = Package::Prometheus.program().context("promtool is gone again")?;
    let metrics = stand.folder("metrics")?.join("metrics.txt");
    std::fs::write(&metrics, stand.realm()?.metrics()?).context("can't keep what /metrics said")?;
    // promtool reads metrics from standard input only.
    let mut lint = Command::new("sh");
    lint.args(["-c", "exec \"$0\" check metrics < \"$1\""]).arg(&promtool).arg(&metrics);
    let mut scraping = Command::new(&promtool);
    scraping.current_dir(&stand.workspace.root).args(["check", "config", "deploy/prometheus/prometheus.yml"]);
    Ok(stand.checked("promtool check metrics", &mut lint)?
        + stand.checked("promtool check config", &mut scraping)?)
}
