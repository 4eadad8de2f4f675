//! What is looked for in the audit: it stands in the page's address, so that it can be shared and come back to.

use api::{AccountId, audit::AuditFilter};
use chrono::{DateTime, Days, NaiveDate, Utc};
use leptos_router::{location::Url, params::ParamsMap};

/// The filter that an address asks for. What it says wrongly is not looked for.
pub(super) fn read(query: &ParamsMap) -> AuditFilter {
    let text = |key: &str| query.get(key).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    AuditFilter {
        actor: text("actor").and_then(|text| text.parse::<AccountId>().ok()),
        action: text("action"),
        subject: text("subject"),
        since: text("since").and_then(|day| start_of(&day)),
        until: text("until").and_then(|day| end_of(&day)),
        cursor: None,
    }
}

/// Whether anything is looked for.
pub(super) fn is_narrow(filter: &AuditFilter) -> bool {
    *filter != AuditFilter::default()
}

/// The address of an export of the same entries.
pub(super) fn export_address(filter: &AuditFilter, format: &str) -> String {
    let parts = [
        ("actor", filter.actor.map(|actor| actor.to_string())),
        ("action", filter.action.clone()),
        ("subject", filter.subject.clone()),
        ("since", filter.since.map(|at| at.to_rfc3339())),
        ("until", filter.until.map(|at| at.to_rfc3339())),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| format!("{key}={}", Url::escape(&value))))
        .collect();
    let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
    format!("/api/v1/audit/export.{format}{query}")
}

fn start_of(day: &str) -> Option<DateTime<Utc>> {
    Some(date(day)?.and_hms_opt(0, 0, 0)?.and_utc())
}

/// The last microsecond of a day: the database keeps no finer ones.
fn end_of(day: &str) -> Option<DateTime<Utc>> {
    let next = date(day)?.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0)?.and_utc();
    next.checked_sub_signed(chrono::TimeDelta::microseconds(1))
}

/// `2026-01-31`, as a date field has it. By hand: chrono's own parser would cost the page kilobytes.
fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
    }

    #[test]
    fn days_are_whole_and_in_utc() {
        let filter = read(&query(&[("since", "2026-02-28"), ("until", "2026-02-28")]));
        assert_eq!(filter.since.expect("a day").to_rfc3339(), "2026-02-28T00:00:00+00:00");
        assert_eq!(filter.until.expect("a day").to_rfc3339(), "2026-02-28T23:59:59.999999+00:00");
    }

    #[test]
    fn what_the_address_says_wrongly_is_not_looked_for() {
        let filter =
            read(&query(&[("actor", "mira"), ("since", "2026-02-30"), ("until", "soon"), ("action", " ")]));
        assert!(!is_narrow(&filter), "{filter:?}");
    }

    #[test]
    fn an_export_is_of_what_is_shown() {
        assert_eq!(export_address(&AuditFilter::default(), "csv"), "/api/v1/audit/export.csv");
        let filter = read(&query(&[("subject", "account 1&2")]));
        assert_eq!(export_address(&filter, "json"), "/api/v1/audit/export.json?subject=account%201%262");
    }
}
