//! The live figures of the Overview.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use api::{observe::Figures, right};
use game::GatewayStatus;

use crate::{Allowed, Domain};

/// Rates are taken over so long a time.
const RATE_WINDOW: Duration = Duration::from_secs(5);
/// Samples are taken at most so often.
const SAMPLE_EVERY: Duration = Duration::from_millis(250);

/// The figures of this moment. Where no region or gateway runs in this process, theirs are 0.
#[must_use]
pub fn read(domain: &Domain, _: &Allowed<right::ObserveGame>) -> Figures {
    let now = domain.now();
    let mut figures = Figures {
        at: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        uptime_s: (now - domain.started_at()).num_seconds().max(0).unsigned_abs(),
        ready: domain.health().is_ready(),
        ..Figures::default()
    };
    if let Some(live) = domain.region() {
        let status = live.watch.status();
        figures.players = count(status.players);
        figures.entities = count(status.entities);
        figures.tick = status.tick;
        figures.late_ticks = status.late_ticks;
        figures.tick_p50_us = microseconds(status.tick_times.p50);
        figures.tick_p99_us = microseconds(status.tick_times.p99);
        figures.tick_max_us = microseconds(status.tick_times.max);
    }
    if let Some(gateway) = domain.gateway() {
        let status = gateway.status();
        let rates = domain.traffic_rates().sample(Instant::now(), status);
        figures.sockets = count(status.sockets);
        figures.messages_in_per_s = rates.messages_in;
        figures.messages_out_per_s = rates.messages_out;
        figures.bytes_out_per_s = rates.bytes_out;
    }
    figures
}

/// Per-second rates of a gateway's counters.
#[derive(Debug, Default)]
pub(crate) struct TrafficRates {
    samples: Mutex<VecDeque<(Instant, GatewayStatus)>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Rates {
    messages_in: f64,
    messages_out: f64,
    bytes_out: f64,
}

impl TrafficRates {
    /// Adds a sample, and tells the rates since the oldest one in the window.
    fn sample(&self, now: Instant, status: GatewayStatus) -> Rates {
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        if samples.back().is_none_or(|(at, _)| now.saturating_duration_since(*at) >= SAMPLE_EVERY) {
            samples.push_back((now, status));
        }
        while samples.len() > 2
            && samples.front().is_some_and(|(at, _)| now.saturating_duration_since(*at) > RATE_WINDOW)
        {
            samples.pop_front();
        }
        let Some((since, before)) = samples.front() else { return Rates::default() };
        let seconds = now.saturating_duration_since(*since).as_secs_f64();
        if seconds < SAMPLE_EVERY.as_secs_f64() {
            return Rates::default();
        }
        let rate = |now: u64, before: u64| now.saturating_sub(before) as f64 / seconds;
        Rates {
            messages_in: rate(status.messages_received, before.messages_received),
            messages_out: rate(status.messages_sent, before.messages_sent),
            bytes_out: rate(status.bytes_sent, before.bytes_sent),
        }
    }
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_taken_over_the_last_seconds() {
        let (rates, start) = (TrafficRates::default(), Instant::now());
        let received = |messages_received| GatewayStatus { messages_received, ..GatewayStatus::default() };
        assert_eq!(rates.sample(start, received(1_000)), Rates::default(), "one sample is no rate");
        for second in 1..=10 {
            let rate = rates.sample(start + Duration::from_secs(second), received(1_000 + 20 * second));
            assert!((rate.messages_in - 20.0).abs() < 1e-9, "{rate:?}");
        }
        let quiet = rates.sample(start + Duration::from_secs(60), received(1_200));
        assert!(quiet.messages_in < 1.0, "{quiet:?}");
    }
}
