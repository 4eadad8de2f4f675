//! Order by subject: what an older event makes is delivered before what a newer one about the same subject makes,
//! whichever worker has it.
//!
//! A stream hands its entries out in order, and workers are not equally quick. So a worker first does those of its entries
//! that no older entry in other hands shares a subject with, and waits with the rest. The oldest entry waits for
//! nobody, so everything is done in the end; what a dead worker holds is claimed by those who wait for it.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use infra::{
    events::Envelope,
    streams::{BATCH_MAX, Entry, EntryId},
};

use super::batch::Worker;
use crate::Error;

/// How soon a worker that waits for others looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Takes entries in, those of one subject in the order of the stream.
pub(super) async fn take_in(worker: &Worker, entries: Vec<Entry>) -> Result<(), Error> {
    let mut subjects = Subjects::default();
    let mut waiting = BTreeMap::new();
    subjects.note(&entries);
    waiting.extend(entries.into_iter().map(|entry| (entry.id, entry)));
    while let Some((&last, _)) = waiting.last_key_value() {
        let elsewhere = subjects.oldest_elsewhere(worker, last).await?;
        let (ready, rest): (Vec<Entry>, Vec<Entry>) = waiting.into_values().partition(|entry| {
            let older = subjects.of(entry.id).and_then(|subject| elsewhere.get(subject));
            older.is_none_or(|older| *older >= entry.id)
        });
        waiting = rest.into_iter().map(|entry| (entry.id, entry)).collect();
        if ready.is_empty() {
            tokio::time::sleep(LOOK_AGAIN).await;
            let claimed = worker.claim().await?;
            subjects.note(&claimed);
            waiting.extend(claimed.into_iter().map(|entry| (entry.id, entry)));
        } else {
            worker.take_in(&ready).await?;
        }
    }
    Ok(())
}

/// What entries are about, as far as they were looked at.
#[derive(Default)]
struct Subjects(HashMap<EntryId, Option<String>>);

impl Subjects {
    fn note(&mut self, entries: &[Entry]) {
        self.0.extend(entries.iter().map(|entry| (entry.id, subject_of(&entry.payload))));
    }

    fn of(&self, entry: EntryId) -> Option<&String> {
        self.0.get(&entry)?.as_ref()
    }

    /// The oldest entry about each subject that another worker holds, up to `last`.
    async fn oldest_elsewhere(
        &mut self,
        worker: &Worker,
        last: EntryId,
    ) -> Result<HashMap<String, EntryId>, Error> {
        let (streams, reader) = (worker.domain.streams(), &worker.reader);
        let (mut held, mut after) = (Vec::new(), EntryId::ZERO);
        loop {
            let page = streams.pending(&reader.stream, &reader.group, after, BATCH_MAX).await?;
            let theirs =
                page.iter().filter(|pending| pending.consumer != reader.consumer && pending.id < last);
            held.extend(theirs.map(|pending| pending.id));
            match page.last() {
                Some(pending) if page.len() == BATCH_MAX && pending.id < last => after = pending.id,
                _ => break,
            }
        }
        self.look_at(worker, &held).await?;
        let mut oldest = HashMap::new();
        for id in held {
            if let Some(subject) = self.of(id) {
                oldest.entry(subject.clone()).or_insert(id);
            }
        }
        Ok(oldest)
    }

    /// Reads what entries are about that were not looked at before; they are sorted.
    async fn look_at(&mut self, worker: &Worker, entries: &[EntryId]) -> Result<(), Error> {
        for id in entries {
            if self.0.contains_key(id) {
                continue;
            }
            // Entries in other hands mostly lie side by side.
            let near = worker.domain.streams().range(&worker.reader.stream, id.previous(), BATCH_MAX).await?;
            self.0.extend(near.iter().map(|(near, payload)| (*near, subject_of(payload))));
            // One that was trimmed away is about nothing any more.
            self.0.entry(*id).or_insert(None);
        }
        Ok(())
    }
}

fn subject_of(payload: &[u8]) -> Option<String> {
    serde_json::from_slice::<Envelope>(payload).ok()?.subject
}
