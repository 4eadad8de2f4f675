//! The table of topics that someone in this process listens to; all drivers deliver through it.
//!
//! The table outlives a driver: one that takes over from another delivers to the same listeners.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use tokio::sync::{broadcast, mpsc};

use super::{BACKLOG_MESSAGES_MAX, Subscription};

/// What travels through a topic's channel.
#[derive(Clone, Debug)]
pub(super) enum Signal {
    Message(Bytes),
    /// The connection was away for a while: an unknown number of messages is missing here.
    Gap,
}

/// The topics with at least one local listener. A topic leaves the table with its last listener.
#[derive(Clone, Debug)]
pub struct Topics {
    table: Arc<Mutex<HashMap<String, broadcast::Sender<Signal>>>>,
    /// Told the name of every topic that lost its last listener: one for each driver that must tell a server.
    watchers: Arc<Mutex<Vec<mpsc::UnboundedSender<String>>>>,
    /// Whether what this driver delivers is heard. Of two drivers over the same engine only one may be.
    is_audible: Arc<AtomicBool>,
}

impl Default for Topics {
    fn default() -> Self {
        Self { table: Arc::default(), watchers: Arc::default(), is_audible: Arc::new(AtomicBool::new(true)) }
    }
}

impl Topics {
    /// The same listeners, for another driver, which they do not hear yet.
    #[must_use]
    pub fn for_another_driver(&self) -> Self {
        let (table, watchers) = (Arc::clone(&self.table), Arc::clone(&self.watchers));
        Self { table, watchers, is_audible: Arc::new(AtomicBool::new(false)) }
    }

    /// Lets the driver that has this be heard, or not.
    pub(crate) fn set_audible(&self, is_audible: bool) {
        self.is_audible.store(is_audible, Ordering::Release);
    }

    fn is_audible(&self) -> bool {
        self.is_audible.load(Ordering::Acquire)
    }

    /// The names of topics that lose their last listener from now on.
    pub(super) fn report_abandoned(&self) -> mpsc::UnboundedReceiver<String> {
        let (sender, abandoned) = mpsc::unbounded_channel();
        self.watchers().push(sender);
        abandoned
    }

    /// Adds a listener.
    pub(super) fn join(&self, topic: &str) -> Subscription {
        let membership = Membership { topics: self.clone(), topic: topic.to_owned() };
        let receiver = match self.lock().entry(topic.to_owned()) {
            Entry::Occupied(entry) => entry.get().subscribe(),
            Entry::Vacant(entry) => {
                let (sender, receiver) = broadcast::channel(BACKLOG_MESSAGES_MAX);
                entry.insert(sender);
                receiver
            }
        };
        Subscription { receiver, _membership: membership }
    }

    /// Hands a message to the local listeners of `topic`, if any.
    pub(super) fn deliver(&self, topic: &str, payload: Bytes) {
        if self.is_audible()
            && let Some(sender) = self.lock().get(topic)
        {
            // An error only says that the last listener left a moment ago.
            let _ = sender.send(Signal::Message(payload));
        }
    }

    /// Tells every listener that messages may be missing.
    pub(crate) fn announce_gap(&self) {
        for sender in self.lock().values() {
            let _ = sender.send(Signal::Gap);
        }
    }

    /// Tells the listeners of one topic that messages may be missing.
    pub(super) fn announce_gap_of(&self, topic: &str) {
        if let Some(sender) = self.lock().get(topic) {
            let _ = sender.send(Signal::Gap);
        }
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    pub(super) fn contains(&self, topic: &str) -> bool {
        self.lock().contains_key(topic)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, broadcast::Sender<Signal>>> {
        // The table is valid after every single statement, so a panic elsewhere cannot have broken it.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watchers(&self) -> MutexGuard<'_, Vec<mpsc::UnboundedSender<String>>> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the topic from the table when its last listener goes.
#[derive(Debug)]
pub(super) struct Membership {
    topics: Topics,
    topic: String,
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut table = self.topics.lock();
        if table.get(&self.topic).is_some_and(|sender| sender.receiver_count() == 0) {
            table.remove(&self.topic);
            drop(table);
            self.topics.watchers().retain(|watcher| watcher.send(self.topic.clone()).is_ok());
        }
    }
}
