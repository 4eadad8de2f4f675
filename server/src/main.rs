//! The server: settings → wiring → serving → draining.
//!
//! Nothing is decided here. What an actor may ask for stands in `domain`, what an entity may do in the simulation;
//! this crate reads settings, joins the parts, and turns HTTP into calls and back.

mod banner;
mod commands;
mod config;
mod data_folder;
mod drain;
mod edge;
mod extract;
mod flows;
mod furnish;
mod observing;
mod pages;
mod replay;
mod restore;
mod routes;
mod serve;
mod wire;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run()
}
