//! What the probes found, kept for whoever asks.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use api::health::{Condition, HealthView, PartHealth};
use chrono::{DateTime, Utc};
use infra::jobs::Pulse;

/// The parts' conditions.
#[derive(Debug, Default)]
pub struct HealthMonitor {
    parts: Mutex<Vec<PartHealth>>,
    draining: AtomicBool,
    worker: OnceLock<Arc<Pulse>>,
}

impl HealthMonitor {
    /// Whether all required parts were well when they were last probed, and the server is not on its way down. Before
    /// the first probes it is not.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let parts = self.parts();
        !self.draining.load(Ordering::Relaxed)
            && !parts.is_empty()
            && parts.iter().all(|part| !part.required || part.condition == Condition::Well)
    }

    /// Everything that is known of the parts.
    #[must_use]
    pub fn view(&self) -> HealthView {
        let (ready, parts) = (self.is_ready(), self.parts().clone());
        HealthView {
            ready,
            degraded: ready && parts.iter().any(|part| part.condition == Condition::Ill),
            draining: self.draining.load(Ordering::Relaxed),
            parts,
        }
    }

    /// From now on the server is on its way down and not ready: balancers send nobody new.
    pub fn begin_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn watch_worker(&self, pulse: Arc<Pulse>) {
        if self.worker.set(pulse).is_err() {
            tracing::warn!("a job worker is watched already; the second one is not");
        }
    }

    pub(super) fn worker(&self) -> Option<&Arc<Pulse>> {
        self.worker.get()
    }

    /// Lists the parts, all unknown yet.
    pub(super) fn expect(&self, parts: Vec<PartHealth>) {
        *self.parts() = parts;
    }

    /// Notes what a probe found.
    pub(super) fn note(&self, part: &str, outcome: Result<(), String>, took: Duration, now: DateTime<Utc>) {
        let mut parts = self.parts();
        let Some(known) = parts.iter_mut().find(|known| known.part == part) else { return };
        let condition = if outcome.is_ok() { Condition::Well } else { Condition::Ill };
        if known.condition != condition {
            match &outcome {
                Err(error) => tracing::error!(part, error, "a part of the server is ill"),
                Ok(()) if known.condition == Condition::Ill => {
                    tracing::info!(part, "a part of the server is well again");
                }
                Ok(()) => {}
            }
            known.condition = condition;
            known.since = now;
        }
        known.checked_at = Some(now);
        known.probe_us = Some(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        if let Err(error) = outcome {
            known.last_error = Some(error);
        }
        let well = if condition == Condition::Well { 1.0 } else { 0.0 };
        metrics::gauge!("realmkeep_part_well", "part" => part.to_owned()).set(well);
    }

    fn parts(&self) -> MutexGuard<'_, Vec<PartHealth>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn describe_metrics() {
    metrics::describe_gauge!(
        "realmkeep_part_well",
        "Whether a part of the server answered its last probe (1) or not (0)"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, required: bool) -> PartHealth {
        PartHealth {
            part: name.to_owned(),
            description: String::new(),
            condition: Condition::Unknown,
            since: DateTime::UNIX_EPOCH,
            checked_at: None,
            probe_us: None,
            last_error: None,
            advice: String::new(),
            required,
        }
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("in range")
    }

    #[test]
    fn a_server_is_ready_once_all_required_parts_are_well() {
        let monitor = HealthMonitor::default();
        assert!(!monitor.is_ready(), "nothing is known yet");
        monitor.expect(vec![part("database", true), part("job_worker", false)]);
        assert!(!monitor.is_ready());
        monitor.note("database", Ok(()), Duration::ZERO, at(1));
        assert!(monitor.is_ready(), "the worker is not required");
        monitor.note("job_worker", Err("gone".into()), Duration::ZERO, at(1));
        assert!(monitor.view().degraded);
        monitor.note("database", Err("gone".into()), Duration::ZERO, at(2));
        assert!(!monitor.is_ready() && !monitor.view().degraded, "that is more than degraded");
        monitor.note("database", Ok(()), Duration::ZERO, at(3));
        monitor.begin_draining();
        assert!(!monitor.is_ready(), "it goes down");
    }

    #[test]
    fn an_illness_is_dated_from_its_first_sign_and_remembered() {
        let monitor = HealthMonitor::default();
        monitor.expect(vec![part("bus", true)]);
        for (second, outcome) in [(1, Ok(())), (2, Err("first")), (3, Err("second")), (4, Ok(()))] {
            monitor.note("bus", outcome.map_err(str::to_owned), Duration::ZERO, at(second));
            let bus = &monitor.view().parts[0];
            let since = match second {
                1 => 1,
                2 | 3 => 2,
                _ => 4,
            };
            assert_eq!(bus.since, at(since), "after second {second}");
            assert_eq!(bus.checked_at, Some(at(second)));
        }
        let bus = &monitor.view().parts[0];
        assert_eq!((bus.condition, bus.last_error.as_deref()), (Condition::Well, Some("second")));
    }
}
