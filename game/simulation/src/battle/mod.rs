//! Fighting: the rules' turns in real time.
//!
//! Every fighter has a round of its own, 360 ticks long, and its phase in it comes from its initiative: the order of the rules is
//! kept, and a thousand turns don't fall on one tick. At its turn's start actions, bonus action, reaction and movement come
//! back; then it goes about its task, its attacks spread over the round. What is due in one tick is sorted by initiative,
//! Dexterity and id and done one after the other, reactions in between.
//!
//! How someone could get it wrong: changing a creature behind [`Fray::play`]'s back, so that nobody is told, or keeping a handle
//! over a tick without asking whether its fighter is still there.

mod actor;
mod alterations;
mod arrivals;
mod blows;
mod components;
mod deaths;
mod deeds;
mod engagement;
mod facts;
mod fray;
mod hash;
mod heaps;
mod inspect;
mod orders;
mod parties;
mod steps;
mod strikes;
mod systems;
mod turns;
mod views;
mod wheel;

pub(crate) use actor::{Actor, Deed, Doing, Heading, Task};
pub(crate) use alterations::alter;
pub(crate) use arrivals::{
    Arrival, Newcomer, Settler, arrive, despawn, embody, fights, join, leave, lives, resheet, settle, spawn,
    steer_by_hand, withdraw,
};
pub(crate) use components::{Battle, Fighter, Told, register};
pub(crate) use fray::{Fray, with_fray};
pub(crate) use hash::{IdDigests, put_fighters};
pub(crate) use heaps::lay_again;
pub(crate) use inspect::inspect;
pub(crate) use systems::Fighting;
pub(crate) use views::{areas_into, hit_points_max, rank, standing, view};
