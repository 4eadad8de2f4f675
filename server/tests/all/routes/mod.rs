//! One file for each group of paths.

mod auth;
mod characters;
mod docs;
mod jobs;
pub mod observe;
mod pages;
mod problems;
mod worlds;
