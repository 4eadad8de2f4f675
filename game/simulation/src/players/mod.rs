//! Characters that people steer from afar: they come, ask to move, drop out and leave.

mod components;
mod entrance;
mod systems;

pub(crate) use components::{MoveQueue, Player, PlayersComponents, SpeedBudget, Waiting};
pub(crate) use entrance::{drop_link, feet_between, join, leave, let_in, request_move};
pub(crate) use systems::Players;
