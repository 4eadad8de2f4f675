//! The table of topics that someone in this process listens to; both drivers deliver through it.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
#[derive(Clone, Debug, Default)]
pub(super) struct Topics {
    table: Arc<Mutex<HashMap<String, broadcast::Sender<Signal>>>>,
    /// Told the name of every topic that lost its last listener.
    abandoned: Option<mpsc::UnboundedSender<String>>,
}

impl Topics {
    /// A table that reports abandoned topics, for a driver that must tell a server.
    pub(super) fn reporting_to(abandoned: mpsc::UnboundedSender<String>) -> Self {
        Self { table: Arc::default(), abandoned: Some(abandoned) }
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
        if let Some(sender) = self.lock().get(topic) {
            // An error only says that the last listener left a moment ago.
            let _ = sender.send(Signal::Message(payload));
        }
    }

    /// Tells every listener that messages may be missing.
    pub(super) fn announce_gap(&self) {
        for sender in self.lock().values() {
            let _ = sender.send(Signal::Gap);
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    pub(super) fn contains(&self, topic: &str) -> bool {
        self.lock().contains_key(topic)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, broadcast::Sender<Signal>>> {
        // The table is valid after every single statement, so a panic elsewhere cannot have broken it.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
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
            if let Some(abandoned) = &self.topics.abandoned {
                let _ = abandoned.send(std::mem::take(&mut self.topic));
            }
        }
    }
}
