//! One file for each group of paths.

mod auth;
mod characters;
mod docs;
mod jobs;
pub(crate) mod observe;
mod pages;
mod problems;
mod worlds;
