//! Figures as people read them.

use chrono::{DateTime, Utc};

/// A count with thin groups of three digits: `12 345`.
pub(crate) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A duration given in microseconds, in milliseconds with two decimals below ten.
pub(crate) fn milliseconds(us: u64) -> String {
    let ms = us as f64 / 1_000.0;
    if ms < 10.0 { format!("{ms:.2}") } else { format!("{ms:.1}") }
}

/// A rate: whole from ten on, one decimal below.
pub(crate) fn rate(per_s: f64) -> String {
    if per_s >= 10.0 { count(per_s.round() as u64) } else { format!("{per_s:.1}") }
}

/// A size or a rate of bytes, with its unit.
pub(crate) fn bytes(value: f64) -> (String, &'static str) {
    match value {
        v if v < 1_000.0 => (format!("{v:.0}"), "B"),
        v if v < 1_000_000.0 => (format!("{:.1}", v / 1e3), "kB"),
        v if v < 1_000_000_000.0 => (format!("{:.1}", v / 1e6), "MB"),
        v => (format!("{:.1}", v / 1e9), "GB"),
    }
}

/// A span of time by its two largest units: `3 d 4 h`, `12 min 5 s`.
pub(crate) fn span(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, m) => format!("{m} min {} s", seconds % 60),
        (0, h, m) => format!("{h} h {m} min"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

/// How long ago `then` was, seen from `now`; a clock that runs ahead counts as now.
pub(crate) fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (now - then).num_seconds() {
        ..5 => "just now".to_owned(),
        s @ 5..60 => format!("{s} s ago"),
        s @ 60..3_600 => format!("{} min ago", s / 60),
        s @ 3_600..86_400 => format!("{} h ago", s / 3_600),
        s => format!("{} d ago", s / 86_400),
    }
}

/// How long it is from `now` until `then`; what is past is over.
pub(crate) fn until(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (then - now).num_seconds() {
        ..=0 => "over".to_owned(),
        s @ 1..60 => format!("in {s} s"),
        s @ 60..3_600 => format!("in {} min", s / 60),
        s @ 3_600..86_400 => format!("in {} h", s / 3_600),
        s => format!("in {} d", s / 86_400),
    }
}

/// A time in UTC for a tooltip: `2026-01-31 18:04:05 UTC`.
pub(crate) fn utc(at: DateTime<Utc>) -> String {
    // RFC 3339 with seconds is `2026-01-31T18:04:05Z`; chrono's own formatter would cost the page kilobytes.
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).replace('T', " ").replace('Z', " UTC")
}

/// A part of a whole, in per cent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_three() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1_234), "1\u{202f}234");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn spans_show_their_two_largest_units() {
        assert_eq!(span(9), "9 s");
        assert_eq!(span(725), "12 min 5 s");
        assert_eq!(span(4_000), "1 h 6 min");
        assert_eq!(span(273_600), "3 d 4 h");
    }

    #[test]
    fn a_time_ahead_of_the_clock_counts_as_now() {
        let now = DateTime::<Utc>::from_timestamp(1_000, 0).expect("in range");
        let then = DateTime::<Utc>::from_timestamp(1_030, 0).expect("in range");
        assert_eq!(ago(then, now), "just now");
        assert_eq!(ago(now, then), "30 s ago");
        assert_eq!(until(then, now), "in 30 s");
        assert_eq!(until(now, then), "over");
    }
}
