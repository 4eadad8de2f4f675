//! Every permission, by topic: the one list that the enum, the types of [`right`] and the roles' page are made from.

use serde::{Deserialize, Serialize};

/// A permission as a type: what a use case writes into its signature.
pub trait Right: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($topic:literal { $(#[doc = $text:literal] $name:ident = $wire:tt,)+ })+) => {
        /// One thing that can be allowed. A use case names the one that it needs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Permission {
            $($(#[doc = $text] #[serde(rename = $wire)] $name,)+)+
        }

        impl Permission {
            /// All of them, by topic.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// Its name on the wire and in the database.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$name => $wire,)+)+ }
            }

            /// What it allows, in a sentence for people.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $($(Self::$name => $text.trim_ascii_start(),)+)+ }
            }

            /// The heading that it stands under.
            #[must_use]
            pub const fn topic(self) -> &'static str {
                match self { $($(Self::$name => $topic,)+)+ }
            }
        }

        /// The permissions as types.
        pub mod right {
            use super::{Permission, Right};

            $($(
                #[doc = $text]
                pub enum $name {}

                impl Right for $name {
                    const PERMISSION: Permission = Permission::$name;
                }
            )+)+
        }
    };
}

permissions! {
    "Play" {
        /// Create characters of one's own and take them into the game.
        PlayGame = "play_game",
    }
    "Worlds and rules" {
        /// See worlds, their recipes and terrain.
        ViewWorlds = "view_worlds",
        /// See drafts and versions of recipes.
        ViewRecipes = "view_recipes",
        /// Change drafts of recipes.
        EditRecipes = "edit_recipes",
        /// Make a draft the recipe of a world, or take that back.
        PublishRecipes = "publish_recipes",
        /// See the rules' content.
        ViewRules = "view_rules",
    }
    "The live game" {
        /// See live figures and the entities of a region.
        ObserveGame = "observe_game",
        /// See all about an entity: its parts, its combat log, why it chose what it did.
        InspectEntities = "inspect_entities",
        /// Bring creatures into the game and take them out.
        SpawnEntities = "spawn_entities",
        /// Order any entity to move, attack or cast.
        CommandEntities = "command_entities",
        /// Change an entity's values.
        EditEntities = "edit_entities",
    }
    "Operations" {
        /// See the health of the server's parts.
        ViewHealth = "view_health",
        /// See infrastructure nodes and their history.
        ViewInfrastructure = "view_infrastructure",
        /// Replace infrastructure nodes while they run.
        SwapInfrastructure = "swap_infrastructure",
        /// Take the recordings of regions away, and have more of them kept.
        ManageRecordings = "manage_recordings",
        /// See the log of events and its dead letters.
        ViewEvents = "view_events",
        /// Retry and discard dead letters.
        ManageEvents = "manage_events",
        /// See pipelines and their figures.
        ViewPipelines = "view_pipelines",
        /// Create, change, start and stop pipelines.
        ManagePipelines = "manage_pipelines",
        /// See background jobs.
        ViewJobs = "view_jobs",
        /// Start background jobs.
        RunJobs = "run_jobs",
        /// Cancel background jobs.
        CancelJobs = "cancel_jobs",
    }
    "People" {
        /// Sign in to the dashboard.
        EnterDashboard = "enter_dashboard",
        /// See accounts, their sessions and their history.
        ViewUsers = "view_users",
        /// Create accounts, disable them, end their sessions.
        ManageUsers = "manage_users",
        /// Ban, mute, kick, and write notes.
        ModeratePlayers = "moderate_players",
        /// See roles and who has them.
        ViewRoles = "view_roles",
        /// Make roles, and give them to accounts.
        ManageRoles = "manage_roles",
        /// Give and take the role of an owner.
        ManageOwners = "manage_owners",
        /// See the audit log, export and verify it.
        ViewAudit = "view_audit",
        /// Make and revoke API keys of services.
        ManageApiKeys = "manage_api_keys",
        /// See the dashboard and the API as somebody else does, without changing anything.
        Impersonate = "impersonate",
    }
}
