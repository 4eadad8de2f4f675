//! The records, each story on a real SQLite and a real PostgreSQL.

#[macro_use]
mod databases;

mod accounts;
mod audit;
mod characters;
mod connect;
mod game_sessions;
mod jobs;
mod session_node;
mod sessions;
mod tickets;
mod worlds;
