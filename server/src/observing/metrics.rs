//! The metrics recorder and what it writes out.

use std::{sync::Arc, time::Duration};

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use super::process::ProcessFigures;

/// Names of the server's own metrics. Those of other crates are described where they are counted.
pub(crate) mod names {
    /// Requests answered, by method, route and status.
    pub(crate) const HTTP_REQUESTS: &str = "realmkeep_http_requests_total";
    /// Seconds from a request's arrival to the head of its answer.
    pub(crate) const HTTP_DURATION: &str = "realmkeep_http_request_duration_seconds";
    /// Requests being worked on.
    pub(crate) const HTTP_IN_FLIGHT: &str = "realmkeep_http_requests_in_flight";
    /// Open dashboard sockets.
    pub(crate) const OBSERVE_SOCKETS: &str = "realmkeep_observe_sockets";
    /// Whether the server is ready.
    pub(crate) const READY: &str = "realmkeep_ready";
    /// Always 1, with the version as label.
    pub(crate) const BUILD_INFO: &str = "realmkeep_build_info";
}

/// Around a millisecond, where ticks should stay, up to several times the 16.7 ms that a tick has.
const TICK_BUCKETS_S: &[f64] = &[
    0.000_05, 0.000_1, 0.000_2, 0.000_3, 0.000_5, 0.000_75, 0.001, 0.001_5, 0.002, 0.003, 0.005, 0.008,
    0.012, 0.016_7, 0.033, 0.1,
];

/// A chunk grows in some milliseconds, on a busy machine in some tens.
const GROWTH_BUCKETS_S: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0];

/// From a quarter of a millisecond, a cached chunk, to ten seconds, a generation under load.
const HTTP_DURATION_BUCKETS_S: &[f64] =
    &[0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How often the recorder folds what histograms collected.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// The recorder's other end: all metrics as text.
#[derive(Clone)]
pub(crate) struct Exposition {
    recorded: Arc<PrometheusHandle>,
}

impl Exposition {
    /// Installs the recorder of this process. Once a process.
    ///
    /// # Errors
    ///
    /// If the process has a recorder.
    pub(crate) fn install() -> anyhow::Result<Self> {
        let recorded = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(names::HTTP_DURATION.to_owned()), HTTP_DURATION_BUCKETS_S)?
            .set_buckets_for_metric(Matcher::Full("realmkeep_tick_seconds".to_owned()), TICK_BUCKETS_S)?
            .set_buckets_for_metric(
                Matcher::Full("realmkeep_chunk_growth_seconds".to_owned()),
                GROWTH_BUCKETS_S,
            )?
            .install_recorder()?;
        describe();
        game::describe_metrics();
        infra::describe_metrics();
        domain::describe_metrics();
        begin_at_zero();
        metrics::gauge!(names::BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1);
        Ok(Self { recorded: Arc::new(recorded) })
    }

    /// Keeps the recorder's memory bounded until `stop`.
    pub(crate) async fn upkeep(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(UPKEEP_EVERY);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            self.recorded.run_upkeep();
        }
    }

    /// All metrics, in Prometheus' text format.
    pub(crate) fn render(&self) -> String {
        let mut text = self.recorded.render();
        if let Some(figures) = ProcessFigures::now() {
            figures.render(&mut text);
        }
        text
    }
}

/// What alerts and dashboards look at is there before it first happens: Prometheus sees no increase from nothing to 1.
fn begin_at_zero() {
    for name in [
        "realmkeep_gateway_frames_skipped_total",
        "realmkeep_gateway_resyncs_total",
        "realmkeep_positions_saved_total",
        "realmkeep_position_save_failures_total",
    ] {
        metrics::counter!(name).increment(0);
    }
    let labelled = [
        ("realmkeep_logins_total", "outcome", ["succeeded", "refused", "limited"].as_slice()),
        ("realmkeep_job_runs_total", "ended", &["finished", "run_again", "panicked"]),
        ("realmkeep_chunks_total", "origin", &["blob", "grown"]),
        ("realmkeep_moves_refused_total", "reason", &["TooFast", "NotWalkable", "NotLoaded"]),
        ("realmkeep_gateway_closes_total", "code", &["Farewell", "TooSlow", "Malformed"]),
    ];
    for (name, label, values) in labelled {
        for value in values {
            metrics::counter!(name, label => *value).increment(0);
        }
    }
    metrics::gauge!("realmkeep_jobs_running").set(0);
    metrics::gauge!(names::OBSERVE_SOCKETS).set(0);
    metrics::gauge!(names::HTTP_IN_FLIGHT).set(0);
}

fn describe() {
    describe_counter!(names::HTTP_REQUESTS, "Requests answered, by method, route template and status.");
    describe_histogram!(
        names::HTTP_DURATION,
        Unit::Seconds,
        "Seconds from a request's arrival to the head of its answer, by method and route template."
    );
    describe_gauge!(names::HTTP_IN_FLIGHT, "Requests being worked on.");
    describe_gauge!(names::OBSERVE_SOCKETS, "Open dashboard sockets.");
    describe_gauge!(names::READY, "Whether the server takes requests: 1 or 0.");
    describe_gauge!(names::BUILD_INFO, "Always 1; the label tells the version.");
}
