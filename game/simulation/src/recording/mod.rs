//! What a region was told, kept so that its life can be lived again: to find out why something happened, and whether a change or
//! another machine makes a difference.
//!
//! A region is a function of its settings and its commands, so those are what a recording holds, with a hash of the state once a
//! second to compare by. It is bounded. One that has grown too long forgets its elder half and begins with a checkpoint, which is
//! kept in memory; only a recording that begins with its region can be written to a file.
//!
//! How someone could get it wrong: changing what [`Command`](crate::Command) writes without raising [`VERSION`], so that a recording
//! is read as something that it isn't.

mod checkpoint;
mod forms;
mod recorder;
mod replay;
mod written;

pub(crate) use checkpoint::Checkpoint;
pub(crate) use forms::{chunk_bytes, policy, shared, shared_if_any, shove};
pub(crate) use recorder::Recorder;
pub use recorder::{RecordedTick, Recording, RecordingLimits};
pub use replay::{Replay, replay};
pub use written::{NotARecording, RecordingWriter, VERSION};
