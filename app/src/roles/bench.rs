//! The role that somebody works at: a new one, or one that is changed.

use api::{Permission, PermissionSet, role::RoleView};
use leptos::prelude::*;
use uuid::Uuid;

use super::{change_role::change_role, create_role::create_role};
use crate::Failure;

/// What lies on the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A role that is not there yet.
    New,
    /// One that is.
    Known(Uuid),
}

/// A role at work, if there is one, and what it is to be.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub(super) subject: RwSignal<Option<Subject>>,
    pub(super) name: RwSignal<String>,
    pub(super) description: RwSignal<String>,
    pub(super) permissions: RwSignal<PermissionSet>,
}

impl Bench {
    pub(super) fn empty() -> Self {
        Self {
            subject: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            description: RwSignal::new(String::new()),
            permissions: RwSignal::new(PermissionSet::NONE),
        }
    }

    /// Begins a new role.
    pub(super) fn begin(self) {
        self.name.set(String::new());
        self.description.set(String::new());
        self.permissions.set(PermissionSet::NONE);
        self.subject.set(Some(Subject::New));
    }

    /// Begins to change a role.
    pub(super) fn take(self, role: &RoleView) {
        self.name.set(role.name.clone());
        self.description.set(role.description.clone());
        self.permissions.set(role.permissions.iter().copied().collect());
        self.subject.set(Some(Subject::Known(role.id)));
    }

    /// Puts away what lies there. The page may be gone.
    pub(super) fn clear(self) {
        let _ = self.subject.try_set(None);
    }

    /// Allows it, or does so no more.
    pub(super) fn allow(self, permission: Permission, is_allowed: bool) {
        self.permissions.update(|set| *set = changed(*set, permission, is_allowed));
    }

    /// Whether it is whole enough to be kept.
    pub(super) fn is_whole(self) -> bool {
        !self.name.read().trim().is_empty() && self.permissions.get() != PermissionSet::NONE
    }

    /// Keeps it, and says so.
    pub(super) async fn keep(self, reason: String) -> Result<String, Failure> {
        let (name, description) = (self.name.get_untracked(), self.description.get_untracked());
        let permissions = self.permissions.get_untracked().iter().collect();
        match self.subject.get_untracked() {
            Some(Subject::Known(role)) => {
                let kept = change_role(role, name, description, permissions, reason).await?;
                Ok(format!("{} is changed, for everyone who has it", kept.name))
            }
            _ => {
                let made = create_role(name, description, permissions, reason).await?;
                Ok(format!("{} can be given now", made.name))
            }
        }
    }
}

fn changed(set: PermissionSet, permission: Permission, is_allowed: bool) -> PermissionSet {
    let this = PermissionSet::of(&[permission]);
    if is_allowed { set.with(this) } else { set.without(this) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ticked_is_in_and_what_is_not_is_out() {
        let set = changed(PermissionSet::NONE, Permission::ViewJobs, true);
        let set = changed(set, Permission::RunJobs, true);
        assert_eq!(changed(set, Permission::RunJobs, true), set, "twice is once");
        assert_eq!(changed(set, Permission::RunJobs, false), PermissionSet::of(&[Permission::ViewJobs]));
    }
}
