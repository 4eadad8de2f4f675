//! What pipelines keep: how far they are, what their windows have summed up, and the tables that they fill.
//!
//! A worker [locks](lock) the pipeline's row, adds what it has read to the sums, writes the tables and
//! [notes](checkpoint) it, all in one transaction: so a kill loses nothing and counts nothing twice, and workers that
//! share a pipeline write one after another.

mod rows;
mod state;
mod tables;
mod windows;

pub use self::{
    rows::look_up,
    state::{PipelineState, Progress, checkpoint, find, find_all, lock, note_error, pause, resume},
    tables::{Cell, EtlTable, InvalidCell},
    windows::{KeptWindow, closable, close, load, purge, save},
};
