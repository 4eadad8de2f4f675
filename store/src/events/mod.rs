//! What happened: written down in the transaction of the deed itself, relayed from there, never changed.
//!
//! The table `event` is log and outbox at once. Whoever does something [`append`]s what happened on the same
//! [`Transaction`](crate::Transaction), so neither can be there without the other. A relay then puts what was
//! [committed](unrelayed) on the stream of its topic, at least once; a consumer recognises a second delivery by the
//! [inbox](mark_seen), which it writes in the transaction of whatever the event made it do.

mod catalogue;
mod inbox;
mod log;
mod outbox;
mod rollup;

pub use self::{
    catalogue::{Happening, KINDS, TOPICS},
    inbox::{filter_unseen, forget_seen, mark_seen},
    log::{EventQuery, LoggedEvent, count_by_kind, find, list, purge},
    outbox::{
        Context, append, append_envelope, append_envelopes, envelope, mark_relayed, oldest_unrelayed, reopen,
        unrelayed,
    },
    rollup::{HourOfEvents, hours_since, last_rolled_up, roll_up},
};
