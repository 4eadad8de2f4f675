//! What clients and server say to each other over REST, server functions and `/ws/observe`: requests, replies, views,
//! permissions and errors.
//!
//! Shapes only. Nothing here decides anything: the use cases of `domain` do. The crate compiles for the browser and
//! knows no server, database, clock or thread. Constraints are declared with garde and told again in the OpenAPI
//! schema (feature `openapi`), side by side on the field.

pub mod auth;
pub mod character;
pub mod entity;
pub mod health;
pub mod job;
pub mod observe;
pub mod world;

mod list;
mod permission;
mod problem;

pub use grid::{CellCoord, CharacterId, EntityId, JobId, NodeId, RegionCoord, RegionId, RequestId, WorldId};
pub use list::List;
pub use permission::{Permission, Role};
pub use problem::{FieldError, Problem, ProblemKind};
