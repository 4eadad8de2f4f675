//! Roles, and what accounts are granted beyond their own.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, RegionCoord, WorldId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Permission;

/// A world, or one region of it: where a grant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// The world.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub world_id: WorldId,
    /// The region; null for all of the world.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<RegionAt>))]
    pub region: Option<RegionCoord>,
}

impl Place {
    /// All of a world.
    #[must_use]
    pub const fn world(world_id: WorldId) -> Self {
        Self { world_id, region: None }
    }

    /// One region of a world.
    #[must_use]
    pub const fn region(world_id: WorldId, region: RegionCoord) -> Self {
        Self { world_id, region: Some(region) }
    }

    /// Whether `other` lies within: the same, or a region of this world.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.world_id == other.world_id && (self.region.is_none() || self.region == other.region)
    }
}

/// A region's place in its world, in regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionAt {
    /// Eastward.
    pub x: i32,
    /// Southward.
    pub z: i32,
}

/// A role: one that every installation has, or one that this installation has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleView {
    /// The role.
    pub id: Uuid,
    /// Its name for people.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether every installation has it; such a role can't be changed.
    pub built_in: bool,
    /// What it allows.
    pub permissions: Vec<Permission>,
    /// Accounts that have it, as their own or by a grant that holds now.
    pub holders: u64,
    /// When it was made; null for one that every installation has.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub changed_at: Option<DateTime<Utc>>,
}

/// `POST roles` and `PUT roles/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleRequest {
    /// Its name for people; 1 to 40 characters, and no other role's, whatever the letter case.
    #[garde(length(chars, min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: String,
    /// What it is for; up to 200 characters.
    #[garde(length(chars, max = 200))]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub description: String,
    /// What it allows. Nobody can put in, or take out, what they may not do themselves.
    #[garde(length(min = 1, max = 64))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 64))]
    pub permissions: Vec<Permission>,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// `POST users/{id}/grants`: a role beside the account's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantRequest {
    /// The role. Nobody can give one that allows more than they may do themselves.
    #[garde(skip)]
    pub role_id: Uuid,
    /// Where it is to hold; null for everywhere.
    #[serde(default)]
    #[garde(skip)]
    pub place: Option<Place>,
    /// When it ends by itself; null for one that stays until it is taken.
    #[serde(default)]
    #[garde(skip)]
    pub ends_at: Option<DateTime<Utc>>,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// A role that an account was given beside its own, past or present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantView {
    /// The grant.
    pub id: Uuid,
    /// The role.
    pub role_id: Uuid,
    /// The role's name for people.
    pub role_name: String,
    /// Where it holds; null for everywhere.
    pub place: Option<Place>,
    /// Whether it holds now.
    pub in_force: bool,
    /// Why it was given.
    pub reason: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By which account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub created_by: AccountId,
    /// That account's name; null once it is gone.
    pub created_by_name: Option<String>,
    /// When it ends by itself.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was taken.
    pub taken_at: Option<DateTime<Utc>>,
    /// By which account.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub taken_by: Option<AccountId>,
    /// That account's name; null once it is gone.
    pub taken_by_name: Option<String>,
    /// Why it was taken.
    pub take_reason: Option<String>,
}

/// What an account may do in one place alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalPermissions {
    /// Where.
    pub place: Place,
    /// What.
    pub permissions: Vec<Permission>,
    /// Until when; null if it does not end by itself.
    pub ends_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_contains_its_regions_and_no_others() {
        let (here, there) = (WorldId::from_uuid(Uuid::from_u128(1)), WorldId::from_uuid(Uuid::from_u128(2)));
        let region = Place::region(here, RegionCoord::new(1, -2));
        assert!(Place::world(here).contains(region));
        assert!(Place::world(here).contains(Place::world(here)));
        assert!(region.contains(region));
        assert!(!region.contains(Place::world(here)), "a region is not all of the world");
        assert!(!region.contains(Place::region(here, RegionCoord::new(1, 2))));
        assert!(!Place::world(there).contains(region));
    }
}
