//! One file for each group of paths.

mod audit;
mod auth;
mod characters;
mod docs;
mod ecs;
mod entities;
mod flows;
mod infrastructure;
mod jobs;
pub(crate) mod observe;
pub(crate) mod pages;
mod problems;
mod recipes;
mod recordings;
mod roles;
mod rules;
mod sign_ins;
mod worlds;
