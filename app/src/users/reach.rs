//! Whom a viewer may do something about: nobody gives or takes what they don't have.

use api::{Permission, PermissionSet, Role};

use crate::session::viewer::Viewer;

/// Whether the use cases would let the viewer touch an account of that role, or give it.
pub(crate) fn reaches(viewer: &Viewer, role: Role) -> bool {
    let own: PermissionSet = viewer.account.permissions.iter().copied().collect();
    own.contains_all(role.permissions()) && (role != Role::Owner || viewer.may(Permission::ManageOwners))
}

/// The roles within the viewer's reach as pairs of name and label, the least first.
pub(crate) fn roles_in_reach(viewer: &Viewer) -> Vec<(String, String)> {
    let reached = Role::ALL.iter().rev().filter(|role| reaches(viewer, **role));
    reached.map(|role| (role.name().to_owned(), role.label().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use api::auth::AccountView;
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn of_role(role: Role) -> Viewer {
        let account = AccountView {
            id: api::AccountId::from_uuid(Uuid::nil()),
            email: "mira@example.org".to_owned(),
            display_name: "Mira".to_owned(),
            role,
            permissions: role.permissions().iter().collect(),
            local_permissions: Vec::new(),
            impersonated_by: None,
            email_verified: true,
            second_factor: false,
            must_set_up_second_factor: false,
            created_at: DateTime::UNIX_EPOCH,
        };
        Viewer { account, server_time: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn a_moderator_reaches_players_and_no_administrator() {
        let moderator = of_role(Role::Moderator);
        assert!(reaches(&moderator, Role::Player));
        assert!(!reaches(&moderator, Role::Administrator) && !reaches(&moderator, Role::Owner));
    }

    #[test]
    fn only_an_owner_gives_the_role_of_one() {
        let names =
            |role| roles_in_reach(&of_role(role)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(Role::Owner).contains(&"owner".to_owned()));
        assert!(!names(Role::Administrator).contains(&"owner".to_owned()));
    }
}
