//! The schema of our own tables, step by step, for SQLite and PostgreSQL alike.
//!
//! A migration that was released is never edited: the next one changes what it made. All times are UTC; ids are
//! UUIDs; what has 64 bits and a sign in Rust has so here. Text that must be unique regardless of case has a
//! column of its own with the folded form, since the two databases fold differently.

use sea_orm_migration::{
    MigrationTrait, MigratorTrait,
    sea_orm::{DatabaseConnection, DbErr},
};

mod m2026_11_01_accounts;
mod m2026_11_02_worlds;
mod m2026_11_03_game_sessions;
mod m2026_11_04_jobs;
mod m2026_11_05_audit;
mod m2026_11_10_node_swaps;
mod m2026_11_20_events;
mod m2026_11_21_pipelines;
mod m2026_11_22_job_order;
mod m2026_11_30_audit_log;
mod m2026_11_31_second_factors;
mod m2026_11_32_sanctions;
mod m2026_11_33_roles;
mod m2026_11_40_character_builds;
mod m2026_12_05_recipe_versions;
mod m2026_12_06_postponed_jobs;
mod m2026_12_10_heaps;
mod m2026_12_11_play_of_sign_ins;

struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_01_accounts::Migration),
            Box::new(m2026_11_02_worlds::Migration),
            Box::new(m2026_11_03_game_sessions::Migration),
            Box::new(m2026_11_04_jobs::Migration),
            Box::new(m2026_11_05_audit::Migration),
            Box::new(m2026_11_10_node_swaps::Migration),
            Box::new(m2026_11_20_events::Migration),
            Box::new(m2026_11_21_pipelines::Migration),
            Box::new(m2026_11_22_job_order::Migration),
            Box::new(m2026_11_30_audit_log::Migration),
            Box::new(m2026_11_31_second_factors::Migration),
            Box::new(m2026_11_32_sanctions::Migration),
            Box::new(m2026_11_33_roles::Migration),
            Box::new(m2026_11_40_character_builds::Migration),
            Box::new(m2026_12_05_recipe_versions::Migration),
            Box::new(m2026_12_06_postponed_jobs::Migration),
            Box::new(m2026_12_10_heaps::Migration),
            Box::new(m2026_12_11_play_of_sign_ins::Migration),
        ]
    }
}

/// A migration that could not be applied, or a database that has ones which this program does not know.
#[derive(Debug)]
pub struct MigrationError(DbErr);

impl std::fmt::Display for MigrationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the database cannot be brought to the current schema: {}", self.0)
    }
}

impl std::error::Error for MigrationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Applies what is missing; returns how many migrations that were.
///
/// # Errors
/// A migration failed, or the database was migrated by a newer program.
pub async fn up(database: &DatabaseConnection) -> Result<usize, MigrationError> {
    let pending = pending(database).await?;
    Migrations::up(database, None).await.map_err(MigrationError)?;
    Ok(pending)
}

/// How many migrations are missing.
///
/// # Errors
/// The database cannot be read, or was migrated by a newer program.
pub async fn pending(database: &DatabaseConnection) -> Result<usize, MigrationError> {
    Migrations::get_pending_migrations(database).await.map(|missing| missing.len()).map_err(MigrationError)
}
