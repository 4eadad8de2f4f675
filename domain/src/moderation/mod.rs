//! Keeping order among players: bans, mutes, kicks and notes, with their history.
//!
//! A ban or kick reaches all processes and sockets within a moment: it ends what the account has open in the transaction
//! that notes it, and [announces](crate::authority) it.

mod appeal;
mod history;
mod lift;
mod sanction;

pub use appeal::appeal;
pub use history::history;
pub use lift::lift;
pub use sanction::sanction;

use std::collections::HashMap;

use api::moderation::{AppealState, SanctionKind, SanctionView};
use chrono::{DateTime, Utc};
use grid::AccountId;
use store::{Records, StoreError, sanctions::Sanction};
use uuid::Uuid;

use crate::{Actor, Domain, Error, users};

/// Refuses an account that is banned now.
///
/// # Errors
/// [`Error::Banned`] with the ban's end and reason.
pub(crate) async fn check_ban(records: &impl Records, account: AccountId) -> Result<(), Error> {
    let ban =
        store::sanctions::find_in_force(records, account, SanctionKind::Ban.name(), store::now()).await?;
    match ban {
        Some(ban) => Err(Error::Banned { until: ban.ends_at, reason: ban.reason }),
        None => Ok(()),
    }
}

/// Until when the account may not write to others, if it may not now; the outer `None` if it may.
///
/// # Errors
/// The database failed.
pub async fn muted_until(
    domain: &Domain,
    account: AccountId,
) -> Result<Option<Option<DateTime<Utc>>>, Error> {
    let kind = SanctionKind::Mute.name();
    let mute = store::sanctions::find_in_force(domain.store(), account, kind, store::now()).await?;
    Ok(mute.map(|mute| mute.ends_at))
}

/// The sanction of that id against that account, which the actor may touch.
async fn find(domain: &Domain, actor: &Actor, account: AccountId, id: Uuid) -> Result<Sanction, Error> {
    check_reach(domain, actor, account).await?;
    let found = store::sanctions::find(domain.store(), id).await?;
    found.filter(|sanction| sanction.account_id == account).ok_or(Error::NotFound("sanction"))
}

async fn check_reach(domain: &Domain, actor: &Actor, account: AccountId) -> Result<(), Error> {
    let account = users::find(domain, account).await?;
    users::check_reach_to(domain, actor, &account).await
}

/// The sanction as staff see it.
async fn view(domain: &Domain, sanction: Sanction, now: DateTime<Utc>) -> Result<SanctionView, Error> {
    views(domain, vec![sanction], now).await?.pop().ok_or(Error::NotFound("sanction"))
}

/// The sanctions as staff see them, with the names of those who made and lifted them.
async fn views(
    domain: &Domain,
    sanctions: Vec<Sanction>,
    now: DateTime<Utc>,
) -> Result<Vec<SanctionView>, Error> {
    let mut staff: Vec<AccountId> = sanctions
        .iter()
        .flat_map(|sanction| std::iter::once(sanction.created_by).chain(sanction.lifted_by))
        .collect();
    staff.sort_unstable();
    staff.dedup();
    let accounts = store::accounts::find_all(domain.store(), &staff).await?;
    let names: HashMap<_, _> =
        accounts.into_iter().map(|account| (account.id, account.display_name)).collect();
    sanctions.into_iter().map(|sanction| named(sanction, &names, now)).collect()
}

fn named(
    sanction: Sanction,
    names: &HashMap<AccountId, String>,
    now: DateTime<Utc>,
) -> Result<SanctionView, Error> {
    let unreadable = |what: &str, text: &str| {
        Error::Store(StoreError::Unreadable { table: "sanction", reason: format!("{what} {text:?}") })
    };
    let kind = SanctionKind::ALL.iter().copied().find(|kind| kind.name() == sanction.kind);
    let kind = kind.ok_or_else(|| unreadable("kind", &sanction.kind))?;
    let appeal = AppealState::ALL.iter().copied().find(|state| state.name() == sanction.appeal);
    let appeal = appeal.ok_or_else(|| unreadable("appeal", &sanction.appeal))?;
    let is_over = sanction.lifted_at.is_some() || sanction.ends_at.is_some_and(|end| end <= now);
    Ok(SanctionView {
        id: sanction.id,
        kind,
        reason: sanction.reason,
        in_force: kind.lasts() && !is_over,
        created_at: sanction.created_at,
        created_by: sanction.created_by,
        created_by_name: names.get(&sanction.created_by).cloned(),
        ends_at: sanction.ends_at,
        lifted_at: sanction.lifted_at,
        lifted_by: sanction.lifted_by,
        lifted_by_name: sanction.lifted_by.and_then(|id| names.get(&id).cloned()),
        lift_reason: sanction.lift_reason,
        appeal,
    })
}
