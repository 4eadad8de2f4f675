//! The roles that every installation knows.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Permission as P, PermissionSet};

/// A named set of permissions. An account has exactly one; what it may do beyond that is granted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Answers for the installation: everything.
    Owner,
    /// Runs it day by day: everything but making owners.
    Administrator,
    /// Keeps the machines going: infrastructure, pipelines, events, jobs.
    Operator,
    /// Leads the game: entities and players, live.
    GameMaster,
    /// Keeps order among players.
    Moderator,
    /// Makes worlds.
    Designer,
    /// Looks at figures and events, and at nobody's person.
    Analyst,
    /// Plays.
    Player,
    /// A program that calls the API with a key of its own.
    Service,
}

impl Role {
    /// All of them, the mightiest first.
    pub const ALL: &'static [Self] = &[
        Self::Owner,
        Self::Administrator,
        Self::Operator,
        Self::GameMaster,
        Self::Moderator,
        Self::Designer,
        Self::Analyst,
        Self::Player,
        Self::Service,
    ];

    /// What the role allows.
    #[must_use]
    pub const fn permissions(self) -> PermissionSet {
        match self {
            Self::Owner => PermissionSet::ALL,
            Self::Administrator => PermissionSet::ALL.without(PermissionSet::of(&[P::ManageOwners])),
            Self::Operator => PermissionSet::of(&[
                P::EnterDashboard,
                P::ViewWorlds,
                P::ViewRules,
                P::ObserveGame,
                P::ViewHealth,
                P::ViewInfrastructure,
                P::SwapInfrastructure,
                P::ManageRecordings,
                P::ViewEvents,
                P::ManageEvents,
                P::ViewPipelines,
                P::ManagePipelines,
                P::ViewJobs,
                P::RunJobs,
                P::CancelJobs,
            ]),
            Self::GameMaster => PermissionSet::of(&[
                P::PlayGame,
                P::EnterDashboard,
                P::ViewWorlds,
                P::ViewRules,
                P::ObserveGame,
                P::InspectEntities,
                P::SpawnEntities,
                P::CommandEntities,
                P::EditEntities,
                P::ViewUsers,
                P::ModeratePlayers,
            ]),
            Self::Moderator => PermissionSet::of(&[
                P::PlayGame,
                P::EnterDashboard,
                P::ViewWorlds,
                P::ViewRules,
                P::ObserveGame,
                P::InspectEntities,
                P::ViewUsers,
                P::ModeratePlayers,
            ]),
            Self::Designer => PermissionSet::of(&[
                P::PlayGame,
                P::EnterDashboard,
                P::ViewWorlds,
                P::ViewRecipes,
                P::EditRecipes,
                P::PublishRecipes,
                P::ViewRules,
                P::ObserveGame,
                P::ViewJobs,
                P::RunJobs,
            ]),
            Self::Analyst => PermissionSet::of(&[
                P::EnterDashboard,
                P::ViewWorlds,
                P::ViewRules,
                P::ObserveGame,
                P::ViewHealth,
                P::ViewEvents,
                P::ViewPipelines,
                P::ViewJobs,
            ]),
            Self::Player => PermissionSet::of(&[P::PlayGame, P::ViewWorlds, P::ViewRules]),
            Self::Service => PermissionSet::of(&[
                P::ViewWorlds,
                P::ViewRules,
                P::ObserveGame,
                P::InspectEntities,
                P::SpawnEntities,
                P::CommandEntities,
                P::ViewHealth,
                P::ViewEvents,
                P::ViewPipelines,
                P::ViewJobs,
                P::RunJobs,
            ]),
        }
    }

    /// What the role is for, in a sentence for people.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Owner => "Answers for the installation: everything.",
            Self::Administrator => "Runs it day by day: everything but making owners.",
            Self::Operator => "Keeps the machines going: infrastructure, pipelines, events, jobs.",
            Self::GameMaster => "Leads the game: entities and players, live.",
            Self::Moderator => "Keeps order among players.",
            Self::Designer => "Makes worlds.",
            Self::Analyst => "Looks at figures and events, and at nobody’s person.",
            Self::Player => "Plays.",
            Self::Service => "A program that calls the API with a key of its own.",
        }
    }

    /// Whether the role allows `permission`.
    #[must_use]
    pub const fn allows(self, permission: P) -> bool {
        self.permissions().contains(permission)
    }

    /// The role's name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Administrator => "administrator",
            Self::Operator => "operator",
            Self::GameMaster => "game_master",
            Self::Moderator => "moderator",
            Self::Designer => "designer",
            Self::Analyst => "analyst",
            Self::Player => "player",
            Self::Service => "service",
        }
    }

    /// The role's name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Administrator => "Administrator",
            Self::Operator => "Operator",
            Self::GameMaster => "Game master",
            Self::Moderator => "Moderator",
            Self::Designer => "Designer",
            Self::Analyst => "Analyst",
            Self::Player => "Player",
            Self::Service => "Service",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role ({roles})", roles = Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.iter().copied().find(|role| role.name() == text).ok_or_else(|| UnknownRole(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_one_name_on_the_wire_and_in_the_database() {
        for role in Role::ALL {
            assert_eq!(role.name().parse::<Role>().as_ref(), Ok(role));
            assert_eq!(serde_json::to_value(role).expect("JSON"), role.name());
        }
        assert!("emperor".parse::<Role>().is_err_and(|error| error.to_string().contains("game_master")));
    }

    #[test]
    fn whoever_may_change_something_may_see_it() {
        let pairs = [
            (P::EditRecipes, P::ViewRecipes),
            (P::SwapInfrastructure, P::ViewInfrastructure),
            (P::ManageEvents, P::ViewEvents),
            (P::ManagePipelines, P::ViewPipelines),
            (P::CancelJobs, P::ViewJobs),
            (P::RunJobs, P::ViewJobs),
            (P::ManageUsers, P::ViewUsers),
            (P::ModeratePlayers, P::ViewUsers),
            (P::ManageRoles, P::ViewRoles),
        ];
        for role in Role::ALL {
            for (changes, sees) in pairs {
                assert!(!role.allows(changes) || role.allows(sees), "{role}: {changes:?} without {sees:?}");
            }
        }
    }
}
