//! What a region was told, kept so that its life can be lived again: to find out why something happened, and whether a change or
//! another machine makes a difference.
//!
//! A region is a function of its settings and its commands, so those are what a recording holds, with a hash of the state once a
//! second to compare by. It is bounded. One that has grown too long forgets its elder half and begins with a checkpoint: all of the
//! region's state, which goes into the file as well.
//!
//! How someone could get it wrong: changing what [`Command`](crate::Command) or a checkpoint writes without raising [`VERSION`], so that a recording
//! is read as something that it isn't.

mod checkpoint;
mod forms;
mod recorder;
mod replay;
mod written;

pub(crate) use checkpoint::Checkpoint;
pub(crate) use forms::{
    bodies_of, body, body_if_any, chunk_bytes, chunk_bytes_if_any, shared, shared_if_any,
};
pub(crate) use recorder::Recorder;
pub use recorder::{RecordedTick, Recording, RecordingLimits};
pub use replay::{Replay, replay};
pub use written::{NotARecording, RecordingWriter, VERSION};
