//! Rests.

use std::time::Duration;

use api::{
    character::{HitDieSpentView, RestKind, RestReply, RestRequest},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::{character::Rested, content::srd};
use serde_json::json;

use super::{
    build::RULESET,
    change::{Deed, change},
    dice, refusals,
};
use crate::{Allowed, Domain, Error};

/// Hours that a short rest takes.
const SHORT_REST_HOURS: u32 = 1;
/// Hours from one long rest to the next.
const LONG_REST_EVERY_HOURS: u32 = 24;

/// Rests: a short rest spends the hit dice that are named, a long one gives everything back. A short rest takes an hour of the rules, in
/// which there is no other; a long one is had once in 24. Staff who rest somebody else's character need not wait.
///
/// # Errors
/// [`Error::Conflict`] for a hit die that isn't left, for who is down, for who has rested too short a time ago, and too soon after a fight; [`Error::InvalidField`] for hit dice in a long rest;
/// [`Error::NotFound`] for somebody else's character.
pub async fn rest(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: RestRequest,
) -> Result<RestReply, Error> {
    request.validate()?;
    if request.kind == RestKind::Long && !request.hit_dice.is_empty() {
        let message = "a long rest gives all hit points back; hit dice are spent in a short one".to_owned();
        return Err(Error::InvalidField { field: "hit_dice", message });
    }
    let rests = domain.settings().rests;
    let details = json!({ "kind": request.kind });
    let deed = Deed { action: "character.rest", details, is_staffs: false, calm_s: rests.calm.as_secs() };
    let now_s = domain.now().timestamp();
    let (record, spent) = change(domain, actor, id, deed, |built| {
        if built.record.account_id == actor.account() {
            is_time(&built.character.wear.rested, request.kind, now_s, rests.hour)?;
        }
        let spent = match request.kind {
            RestKind::Short => built.character.short_rest(&request.hit_dice, srd(), dice::throw),
            RestKind::Long => built.character.long_rest(srd(), &RULESET).map(|()| Vec::new()),
        };
        let spent = spent.map_err(|refusal| refusals::refuse(&[refusal], "", None))?;
        let rested = &mut built.character.wear.rested;
        rested.at_s = Some(now_s);
        if request.kind == RestKind::Long {
            rested.long_at_s = Some(now_s);
        }
        Ok(spent.into())
    })
    .await?;
    let spent = spent.into_iter().map(|die| HitDieSpentView {
        sides: die.sides,
        shown: die.shown,
        regained: die.regained,
    });
    Ok(RestReply { spent: spent.collect(), record })
}

/// Whether enough time has passed since the last rest. Sources: SRD 5.1, "Short Rest" and "Long Rest".
fn is_time(rested: &Rested, kind: RestKind, now_s: i64, hour: Duration) -> Result<(), Error> {
    let (last, hours) = match kind {
        RestKind::Short => (rested.at_s, SHORT_REST_HOURS),
        RestKind::Long => (rested.long_at_s, LONG_REST_EVERY_HOURS),
    };
    let passed_s = last.map_or(u64::MAX, |last| u64::try_from(now_s - last).unwrap_or(0));
    match (hour * hours).as_secs().checked_sub(passed_s) {
        None | Some(0) => Ok(()),
        Some(left_s) => {
            let what = if kind == RestKind::Long {
                "a long rest is had once in 24 hours"
            } else {
                "a short rest takes an hour"
            };
            Err(Error::Conflict(format!("{what} of the game; wait {left_s} s")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(300);

    #[test]
    fn a_night_is_slept_once_a_day_and_an_hour_is_rested_once_an_hour() {
        let rested = Rested { at_s: Some(10_000), long_at_s: Some(10_000) };
        let waits = |kind, now_s| is_time(&rested, kind, now_s, HOUR).is_err();
        assert!(waits(RestKind::Short, 10_299) && !waits(RestKind::Short, 10_300));
        assert!(waits(RestKind::Long, 10_000 + 24 * 300 - 1) && !waits(RestKind::Long, 10_000 + 24 * 300));
        assert!(is_time(&Rested::default(), RestKind::Long, 0, HOUR).is_ok(), "who has never rested may");
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nobody_up_for_longer_than_a_day() {
        let rested = Rested { at_s: Some(10_000), long_at_s: None };
        let refused = is_time(&rested, RestKind::Short, 500, HOUR).expect_err("no time has passed");
        assert!(refused.to_string().contains("wait 300 s"), "{refused}");
    }
}
