//! A set of permissions, small enough to copy.

use super::Permission;

// One bit each.
const _: () = assert!(Permission::ALL.len() <= 64, "a set has 64 bits");

/// Some of the permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet(u64);

impl PermissionSet {
    /// None.
    pub const NONE: Self = Self(0);
    /// All.
    pub const ALL: Self = Self::of(Permission::ALL);
    /// Those that change nothing by themselves: what is left to somebody who looks through another's eyes. That of a
    /// player is among them, since a player's characters are seen by it; what would change them is refused at the door.
    pub const READING: Self = Self::of(&[
        Permission::PlayGame,
        Permission::ViewWorlds,
        Permission::ViewRecipes,
        Permission::ViewRules,
        Permission::ObserveGame,
        Permission::InspectEntities,
        Permission::ViewHealth,
        Permission::ViewInfrastructure,
        Permission::ViewEvents,
        Permission::ViewPipelines,
        Permission::ViewJobs,
        Permission::EnterDashboard,
        Permission::ViewUsers,
        Permission::ViewRoles,
        Permission::ViewAudit,
    ]);

    /// Exactly these.
    #[must_use]
    pub const fn of(permissions: &[Permission]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < permissions.len() {
            bits |= 1 << permissions[at] as u64;
            at += 1;
        }
        Self(bits)
    }

    /// Whether `permission` is among them.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// Whether all of `others` are among them.
    #[must_use]
    pub const fn contains_all(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// These and `others`.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those of these that are not in `others`.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Those of these that are in `others`, too.
    #[must_use]
    pub const fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Each of them, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::NONE, |set, permission| set.with(Self::of(&[permission])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set = PermissionSet::of(&[Permission::ViewJobs, Permission::Impersonate]);
        let held: Vec<_> = set.iter().collect();
        assert_eq!(held, [Permission::ViewJobs, Permission::Impersonate]);
        assert_eq!(held.into_iter().collect::<PermissionSet>(), set);
        assert!(PermissionSet::ALL.contains_all(set) && !set.contains_all(PermissionSet::ALL));
        assert_eq!(PermissionSet::ALL.without(PermissionSet::ALL), PermissionSet::NONE);
        assert_eq!(PermissionSet::ALL.within(set), set);
        assert_eq!(PermissionSet::ALL.iter().count(), Permission::ALL.len());
    }
}
