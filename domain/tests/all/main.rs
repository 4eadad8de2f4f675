//! The use cases as stories, on real embedded drivers in a temporary folder.

mod accounts;
mod aftermaths;
mod audit;
mod characters;
mod chunks;
mod credentials;
mod deals;
mod events;
mod forgeries;
mod health;
mod heroes;
mod impersonation;
mod jobs;
mod moderation;
mod people;
mod permissions;
mod pipelines;
mod pipelines_restored;
mod pipelines_shared;
mod recipes;
mod roles;
mod sessions;
mod test_domain;
mod two_processes;
mod webhooks;
mod worlds;
