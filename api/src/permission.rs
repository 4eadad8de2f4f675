//! Typed permissions, and the roles that bundle them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// One thing that can be allowed. A use case names the one that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Permission {
    /// Create characters of one's own and take them into the game.
    PlayGame,
    /// See worlds, their recipes and terrain.
    ViewWorlds,
    /// See live figures and the entities of a region.
    ObserveGame,
    /// See background jobs.
    ViewJobs,
    /// Start and cancel background jobs.
    RunJobs,
    /// See the health of the server's parts.
    ViewHealth,
}

/// A named set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Runs the installation: everything.
    Owner,
    /// Plays.
    Player,
}

impl Role {
    /// What the role allows.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Owner => &[
                Permission::PlayGame,
                Permission::ViewWorlds,
                Permission::ObserveGame,
                Permission::ViewJobs,
                Permission::RunJobs,
                Permission::ViewHealth,
            ],
            Self::Player => &[Permission::PlayGame, Permission::ViewWorlds],
        }
    }

    /// Whether the role allows `permission`.
    #[must_use]
    pub fn allows(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// The role's name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Player => "player",
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
#[error("`{0}` is not a role (owner, player)")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        [Self::Owner, Self::Player]
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| UnknownRole(text.into()))
    }
}
