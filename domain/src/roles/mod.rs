//! Roles: those that every installation has, and those that this one has made.
//!
//! An account has one of the first as its own; [`grants`](crate::grants) give it any of both beside. A role that was made is
//! a name for a set of permissions. Nobody puts in or takes out what they may not do themselves, since that would give it
//! to, or take it from, everyone who has the role.

mod change;
mod create;
mod list;
mod remove;

pub use change::change;
pub use create::create;
pub use list::{get, list};
pub use remove::remove;

use api::{Permission, PermissionSet, Role, role::RoleView};
use store::{Records, StoreError, roles::CustomRole};
use uuid::Uuid;

use crate::{Domain, Error};

/// What the ids of the roles are derived from that every installation has. They never change.
const BUILT_IN: Uuid = Uuid::from_u128(0x5f1d_7a5e_0b3c_4c8e_9a54_61d0_7a2f_11c3);

/// The id of a role that every installation has.
#[must_use]
pub fn id_of(role: Role) -> Uuid {
    Uuid::new_v5(&BUILT_IN, role.name().as_bytes())
}

/// Any role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AnyRole {
    /// One that every installation has.
    BuiltIn(Role),
    /// One that this installation has made.
    Custom(CustomRole),
}

impl AnyRole {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.label(),
            Self::Custom(role) => &role.name,
        }
    }

    pub(crate) fn permissions(&self) -> PermissionSet {
        match self {
            Self::BuiltIn(role) => role.permissions(),
            Self::Custom(role) => set_of(&role.permissions),
        }
    }
}

/// The role of that id.
pub(crate) async fn find(records: &impl Records, id: Uuid) -> Result<Option<AnyRole>, StoreError> {
    if let Some(role) = Role::ALL.iter().copied().find(|role| id_of(*role) == id) {
        return Ok(Some(AnyRole::BuiltIn(role)));
    }
    Ok(store::roles::find(records, id).await?.map(AnyRole::Custom))
}

/// The role of that id, which this installation has made.
async fn find_custom(records: &impl Records, id: Uuid) -> Result<CustomRole, Error> {
    match find(records, id).await? {
        Some(AnyRole::Custom(role)) => Ok(role),
        Some(AnyRole::BuiltIn(_)) => {
            Err(Error::Conflict("every installation has this role: it stays as it is".to_owned()))
        }
        None => Err(Error::NotFound("role")),
    }
}

/// The permissions of those names. A name that this program does not know gives nothing.
fn set_of(names: &[String]) -> PermissionSet {
    Permission::ALL
        .iter()
        .copied()
        .filter(|permission| names.iter().any(|name| name == permission.name()))
        .collect()
}

fn names_of(permissions: PermissionSet) -> Vec<String> {
    permissions.iter().map(|permission| permission.name().to_owned()).collect()
}

/// The form of a name by which no two roles are the same.
fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Refuses a name that a role has which every installation has.
fn check_name(name: &str) -> Result<(), Error> {
    let folded = fold(name);
    let refused = |message: &str| Err(Error::InvalidField { field: "name", message: message.to_owned() });
    if folded.is_empty() {
        return refused("must have a letter that can be seen");
    }
    if Role::ALL.iter().any(|role| fold(role.label()) == folded || role.name() == folded) {
        return refused("is the name of a role that every installation has");
    }
    Ok(())
}

async fn view(domain: &Domain, role: &CustomRole) -> Result<RoleView, Error> {
    let holders = store::grants::holders_of(domain.store(), role.id, store::now()).await?;
    Ok(RoleView {
        id: role.id,
        name: role.name.clone(),
        description: role.description.clone(),
        built_in: false,
        permissions: set_of(&role.permissions).iter().collect(),
        holders: holders.len() as u64,
        created_at: Some(role.created_at),
        changed_at: Some(role.changed_at),
    })
}
