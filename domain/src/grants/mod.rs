//! Roles that accounts are given beside their own: everywhere or in one place, for good or for a time.
//!
//! A grant ends by itself: whoever asks is judged by what holds at that moment, so nothing has to run for it. A role that
//! was made and is gone gives nothing.

mod give;
mod list;
mod take;

pub use give::give;
pub use list::list;
pub use take::take;

use std::collections::HashMap;

use api::{
    Permission,
    role::{GrantView, Place},
};
use chrono::{DateTime, Utc};
use grid::AccountId;
use store::grants::Grant;

use crate::{Domain, Error, authority::Given, roles};

/// What an account has been given that holds now.
pub(crate) async fn in_force(domain: &Domain, account: AccountId) -> Result<Vec<Given>, Error> {
    let mut given = Vec::new();
    for grant in store::grants::list_in_force(domain.store(), account, store::now()).await? {
        if let Some(role) = roles::find(domain.store(), grant.role_id).await? {
            given.push(Given {
                permissions: role.permissions(),
                place: place_of(&grant),
                ends_at: grant.ends_at,
            });
        }
    }
    Ok(given)
}

/// Whether what an account has been given opens the dashboard to it.
pub(crate) async fn may_enter(domain: &Domain, account: AccountId) -> Result<bool, Error> {
    let given = in_force(domain, account).await?;
    Ok(given.iter().any(|given| given.permissions.contains(Permission::EnterDashboard)))
}

fn place_of(grant: &Grant) -> Option<Place> {
    grant.world_id.map(|world_id| Place { world_id, region: grant.region })
}

/// The grant as staff see it.
async fn view(domain: &Domain, grant: Grant, now: DateTime<Utc>) -> Result<GrantView, Error> {
    views(domain, vec![grant], now).await?.pop().ok_or(Error::NotFound("grant"))
}

/// The grants as staff see them, with the names of those who gave and took them.
async fn views(domain: &Domain, grants: Vec<Grant>, now: DateTime<Utc>) -> Result<Vec<GrantView>, Error> {
    let mut staff: Vec<AccountId> =
        grants.iter().flat_map(|grant| std::iter::once(grant.created_by).chain(grant.taken_by)).collect();
    staff.sort_unstable();
    staff.dedup();
    let accounts = store::accounts::find_all(domain.store(), &staff).await?;
    let names: HashMap<_, _> =
        accounts.into_iter().map(|account| (account.id, account.display_name)).collect();
    Ok(grants.into_iter().map(|grant| named(grant, &names, now)).collect())
}

fn named(grant: Grant, names: &HashMap<AccountId, String>, now: DateTime<Utc>) -> GrantView {
    let in_force = grant.taken_at.is_none() && grant.ends_at.is_none_or(|end| end > now);
    GrantView {
        id: grant.id,
        role_id: grant.role_id,
        place: place_of(&grant),
        role_name: grant.role_name,
        in_force,
        reason: grant.reason,
        created_at: grant.created_at,
        created_by: grant.created_by,
        created_by_name: names.get(&grant.created_by).cloned(),
        ends_at: grant.ends_at,
        taken_at: grant.taken_at,
        taken_by: grant.taken_by,
        taken_by_name: grant.taken_by.and_then(|by| names.get(&by).cloned()),
        take_reason: grant.take_reason,
    }
}
