//! The use cases as stories, on real embedded drivers in a temporary folder.

mod accounts;
mod characters;
mod chunks;
mod health;
mod jobs;
mod permissions;
mod sessions;
mod test_domain;
mod worlds;
