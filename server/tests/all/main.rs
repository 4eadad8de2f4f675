//! The server as its callers see it: started as a program, asked over its sockets, stopped by a signal.
//!
//! `routes/` mirrors the paths of the API. Nothing in here knows the server's insides.

mod access;
mod config;
mod connections;
mod deploy;
mod fights;
mod forgeries;
mod letters;
#[path = "../../../infra/tests/all/mail_server.rs"]
mod mail_server;
mod moderation;
mod ops;
mod outage;
mod player;
mod postgres;
mod redis;
mod restoring;
mod routes;
mod starting;
mod stopping;
mod test_server;
