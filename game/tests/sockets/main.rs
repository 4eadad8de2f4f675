//! Players' sockets, end to end: a real gateway on a port of its own, a real region with the demo recipe's terrain, a real
//! SQLite store, and a client that speaks the protocol as any other would.
//!
//! No test asserts how fast something is: the machine may stand still for a while. What is awaited is awaited long.

mod bad_input;
mod chat;
mod client;
mod company;
mod fights;
mod join;
mod links;
mod load;
mod loot;
mod movement;
mod shelf;
mod stage;
mod stopping;
