//! What can be allowed, and the roles that bundle it.
//!
//! A [`Permission`] names one thing that can be done. A [`Role`] is a set of them that every installation knows. A use
//! case asks for its permission by a type of [`right`], so that it can't be called by someone whose permission nobody
//! looked at. Which entry point needs which permission, and which role has it, stands in `docs/ACCESS.md`, and a test
//! compares.

mod list;
mod role;
mod set;

pub use list::{Permission, Right, right};
pub use role::{Role, UnknownRole};
pub use set::PermissionSet;
