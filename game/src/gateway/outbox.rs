//! The writing half of a socket: a short queue for control messages, and room for exactly one frame.
//!
//! A client that reads slowly never has a queue of frames: the frame that it did not take is replaced, and what replaces it
//! is a keyframe. The queue of control messages is bounded too; who does not even read those is cut off.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use futures::{SinkExt, stream::SplitSink};
use protocol::frame::Cell;
use tokio::{
    sync::{Notify, mpsc},
    task::JoinHandle,
    time::timeout,
};

use super::hall::Traffic;

/// Control messages that may wait.
const CONTROL_MAX: usize = 128;

/// One net tick for one client.
#[derive(Debug)]
pub(super) struct OutgoingFrame {
    pub(super) messages: Vec<Bytes>,
    /// Cells that the client forgets by this frame; if it is never sent, the next one must tell.
    pub(super) left: Vec<Cell>,
}

/// The writer's mailbox.
#[derive(Debug)]
pub(super) struct Outbox {
    control: mpsc::Sender<Message>,
    slot: Arc<Slot>,
    writer: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Slot {
    state: Mutex<SlotState>,
    filled: Notify,
}

#[derive(Debug, Default)]
struct SlotState {
    frame: Option<OutgoingFrame>,
    writing_since: Option<Instant>,
}

/// The queue of control messages is full.
#[derive(Debug)]
pub(super) struct ControlQueueFull;

impl Outbox {
    pub(super) fn start(sink: SplitSink<WebSocket, Message>, traffic: Arc<Traffic>) -> Self {
        let (control, queue) = mpsc::channel(CONTROL_MAX);
        let slot = Arc::new(Slot::default());
        let writer = tokio::spawn(write(sink, queue, Arc::clone(&slot), traffic));
        Self { control, slot, writer }
    }

    /// Queues a control message. One for a socket that is gone is forgotten; the reading half notices.
    pub(super) fn send(&self, message: Message) -> Result<(), ControlQueueFull> {
        match self.control.try_send(message) {
            Err(mpsc::error::TrySendError::Full(_)) => Err(ControlQueueFull),
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Ok(()),
        }
    }

    /// Queues a message that the client can do without, if there is room to spare. Tells whether there was.
    pub(super) fn send_if_room(&self, message: Message) -> bool {
        self.control.capacity() > CONTROL_MAX / 2 && self.control.try_send(message).is_ok()
    }

    /// Puts the newest frame into the slot.
    pub(super) fn put_frame(&self, frame: OutgoingFrame) {
        self.slot.state().frame = Some(frame);
        self.slot.filled.notify_one();
    }

    /// The frame that the client has not taken, if there is one; the slot is empty then.
    pub(super) fn take_back(&self) -> Option<OutgoingFrame> {
        self.slot.state().frame.take()
    }

    /// How long the write that is under way has lasted.
    pub(super) fn writing_for(&self) -> Option<Duration> {
        self.slot.state().writing_since.map(|since| since.elapsed())
    }

    /// Sends what waits, then closes the writing half; gives up after `limit`.
    pub(super) async fn finish(self, limit: Duration) {
        drop(self.control);
        let abort = self.writer.abort_handle();
        if timeout(limit, self.writer).await.is_err() {
            abort.abort();
        }
    }
}

impl Slot {
    fn state(&self) -> MutexGuard<'_, SlotState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_frame(&self) -> Option<OutgoingFrame> {
        self.state().frame.take()
    }
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut queue: mpsc::Receiver<Message>,
    slot: Arc<Slot>,
    traffic: Arc<Traffic>,
) {
    loop {
        let messages = tokio::select! {
            // Control first: `Joined` comes before the frames that follow it.
            biased;
            control = queue.recv() => match control {
                Some(message) => vec![message],
                None => return,
            },
            () = slot.filled.notified() => match slot.begin_frame() {
                Some(frame) => frame.messages.into_iter().map(Message::Binary).collect(),
                None => continue,
            },
        };
        for message in messages {
            let bytes = match &message {
                Message::Binary(bytes) => bytes.len(),
                _ => 0,
            };
            slot.state().writing_since = Some(Instant::now());
            let outcome = sink.send(message).await;
            slot.state().writing_since = None;
            if outcome.is_err() {
                // The reading half sees the same end. Draining keeps senders from waiting.
                queue.close();
                return;
            }
            traffic.note_sent(bytes);
        }
    }
}
