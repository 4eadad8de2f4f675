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

fn view(grant: Grant, now: DateTime<Utc>) -> GrantView {
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
        ends_at: grant.ends_at,
        taken_at: grant.taken_at,
        taken_by: grant.taken_by,
        take_reason: grant.take_reason,
    }
}
