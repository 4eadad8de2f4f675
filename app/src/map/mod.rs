//! What the dashboard's maps have in common: where they look, the hands on them, the canvas that is drawn on, and the
//! workers that grow what is drawn.
//!
//! What is drawn is each map's own: see [`crate::world`] and [`crate::studio`].

pub(crate) mod camera;
pub(crate) mod grid_lines;
pub(crate) mod hands;
pub(crate) mod names;
pub(crate) mod pointer;
pub(crate) mod stage;
pub(crate) mod view;
pub(crate) mod worker_link;
