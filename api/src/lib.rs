//! What clients and server say to each other over REST, server functions and `/ws/observe`: requests, replies, views,
//! permissions and errors.
//!
//! Shapes only. Nothing here decides anything: the use cases of `domain` do. The crate compiles for the browser and
//! knows no server, database, clock or thread. Constraints are declared with garde and told again in the OpenAPI
//! schema (feature `openapi`), side by side on the field.

pub mod alteration;
pub mod api_key;
pub mod audit;
pub mod auth;
pub mod character;
pub mod combat;
pub mod combat_log;
pub mod credential;
pub mod encounter;
pub mod entity;
pub mod event;
pub mod health;
pub mod infrastructure;
pub mod inspection;
pub mod job;
pub mod moderation;
pub mod observe;
pub mod pipeline;
pub mod recipe;
pub mod role;
pub mod rules;
pub mod session;
pub mod user;
pub mod world;

mod list;
mod permission;
mod problem;

pub use grid::{
    AccountId, CellCoord, CharacterId, EntityId, JobId, NodeId, RegionCoord, RegionId, RequestId, SessionId,
    WorldId,
};
pub use list::List;
pub use permission::{Permission, PermissionSet, Right, Role, UnknownRole, right};
pub use problem::{FieldError, Problem, ProblemKind};
