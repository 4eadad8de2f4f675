//! A grant that is being filled in.

use api::{
    AccountId, Permission, Problem, ProblemKind,
    role::{Place, RoleView},
    world::WorldView,
};
use chrono::{DateTime, TimeDelta, Utc};
use grid::RegionCoord;
use leptos::prelude::*;
use uuid::Uuid;

use super::give_grant::give_grant;
use crate::{Failure, session::viewer::Viewer};

/// How long a grant holds: hours, and their name. 0 is until it is withdrawn.
const TERMS: [(i64, &str); 6] = [
    (24, "1 day"),
    (168, "1 week"),
    (720, "30 days"),
    (2_160, "90 days"),
    (8_760, "1 year"),
    (0, "Until it is withdrawn"),
];
/// What stands behind a world's id if one region of it is meant.
const REGION_MARK: char = '/';

/// What the fields hold.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) role: RwSignal<String>,
    /// Empty for everywhere, a world's id, or one with the mark of a region.
    pub(super) place: RwSignal<String>,
    pub(super) x: RwSignal<String>,
    pub(super) z: RwSignal<String>,
    pub(super) term: RwSignal<String>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            role: RwSignal::default(),
            place: RwSignal::default(),
            x: RwSignal::new("0".to_owned()),
            z: RwSignal::new("0".to_owned()),
            term: RwSignal::new("168".to_owned()),
        }
    }

    /// Whether one region is meant.
    pub(super) fn is_region(self) -> bool {
        self.place.read().ends_with(REGION_MARK)
    }

    /// Gives what the fields say to that account.
    pub(super) async fn give(self, to: AccountId, now: DateTime<Utc>, reason: String) -> Result<(), Failure> {
        let role = self.role.with_untracked(|role| role.parse::<Uuid>());
        let role = role.map_err(|_| refusal("Choose a role."))?;
        let place =
            place_of(&self.place.read_untracked(), &self.x.read_untracked(), &self.z.read_untracked())?;
        let hours = self.term.with_untracked(|term| term.parse::<i64>()).unwrap_or_default();
        let ends_at = (hours > 0).then(|| now + TimeDelta::hours(hours));
        give_grant(to, role, place, ends_at, reason).await.map(drop)
    }
}

fn place_of(place: &str, x: &str, z: &str) -> Result<Option<Place>, Failure> {
    if place.is_empty() {
        return Ok(None);
    }
    let (world, is_region) = match place.strip_suffix(REGION_MARK) {
        Some(world) => (world, true),
        None => (place, false),
    };
    let world = world.parse().map_err(|_| refusal("Choose where it holds."))?;
    if !is_region {
        return Ok(Some(Place::world(world)));
    }
    let whole = |text: &str| text.trim().parse::<i32>();
    match (whole(x), whole(z)) {
        (Ok(x), Ok(z)) => Ok(Some(Place::region(world, RegionCoord::new(x, z)))),
        _ => Err(refusal("Say which region by two whole numbers, as the map shows them.")),
    }
}

fn refusal(text: &str) -> Failure {
    Failure(Problem::new(ProblemKind::InvalidRequest, text))
}

/// The roles that the viewer may give, as pairs of id and label. An owner is made by a change of role, not for a while.
pub(super) fn roles_to_give(viewer: &Viewer, roles: &[RoleView]) -> Vec<(String, String)> {
    let reached = roles.iter().filter(|role| {
        let is_owner = role.permissions.contains(&Permission::ManageOwners);
        role.permissions.iter().all(|permission| viewer.may(*permission)) && !is_owner
    });
    reached.map(|role| (role.id.to_string(), role.name.clone())).collect()
}

/// Where a grant may hold, as pairs of value and label.
pub(super) fn places(worlds: &[WorldView]) -> Vec<(String, String)> {
    let of_world = |world: &WorldView| {
        [
            (world.id.to_string(), format!("All of {}", world.name)),
            (format!("{}{REGION_MARK}", world.id), format!("One region of {}", world.name)),
        ]
    };
    std::iter::once((String::new(), "Everywhere".to_owned()))
        .chain(worlds.iter().flat_map(of_world))
        .collect()
}

/// How long a grant may hold, as pairs of value and label.
pub(super) fn terms() -> Vec<(String, String)> {
    TERMS.iter().map(|(hours, label)| (hours.to_string(), (*label).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use grid::WorldId;

    use super::*;

    #[test]
    fn a_place_is_everywhere_a_world_or_a_region_by_whole_numbers() {
        let world = WorldId::from_uuid(Uuid::from_u128(7));
        let place = |text: &str, x: &str| place_of(text, x, "-2");
        assert_eq!(place("", "no").expect("is one"), None);
        assert_eq!(place(&world.to_string(), "no").expect("is one"), Some(Place::world(world)));
        let region = place(&format!("{world}/"), " 3").expect("is one");
        assert_eq!(region, Some(Place::region(world, RegionCoord::new(3, -2))));
        assert!(place(&format!("{world}/"), "3.5").is_err() && place("the moon", "1").is_err());
    }
}
