//! The letters that accounts get: asked for by use cases, sent by a job. What they say stands here; who carries them is the
//! mailer's.

mod ask;
mod post;
mod send;
mod text;

pub(crate) use self::{
    ask::{ask, ask_within},
    post::Post,
    send::{is_settled, send},
};

/// Name of the metric of letters that the mailer was given.
pub(crate) const SENT: &str = "realmkeep_letters_total";

pub(crate) fn describe_metrics() {
    metrics::describe_counter!(SENT, "Letters that the mailer was given, by how that ended");
    // An increase is seen from the first one on if there was a nought before it.
    for outcome in ["sent", "refused", "put_off", "away"] {
        metrics::counter!(SENT, "outcome" => outcome).absolute(0);
    }
}
