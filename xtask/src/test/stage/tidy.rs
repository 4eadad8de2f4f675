//! The house rules, each one test.

use anyhow::Result;

use super::{Stand, Tally};
use crate::{screen, tidy};

pub(super) fn check(stand: &mut Stand<'_>) -> Result<Tally> {
    let mut tally = Tally::default();
    for (rule, breaches) in tidy::check(stand.workspace)? {
        tally = tally + if breaches.is_empty() { Tally::passed(1) } else { Tally::failed(1) };
        if !breaches.is_empty() {
            screen::note(&format!("      {}", rule.title));
        }
        for breach in breaches {
            screen::note(&format!("      | {breach}"));
        }
    }
    Ok(tally)
}
