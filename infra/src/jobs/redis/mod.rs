//! The queue in Redis, or a cluster of it: sorted sets, changed by scripts, so that each step happens or does not.
//!
//! A job waits in the order of its priority and number. A worker takes it and *holds* it for a while, and goes on
//! holding it as long as it lives; what is held no longer by anybody is put back by whoever looks next.
//!
//! Why not apalis' own queue in Redis: it knows no priorities, buries a job at its 25th offer, never removes a job's
//! data, and forgets keys at once unless told for how long to keep them.

mod worker;

use std::{sync::LazyLock, time::Duration};

use redis::{Script, cmd};
use uuid::Uuid;

use super::Order;
use crate::node::{
    NodeError,
    redis::{PREFIX, RedisAddress, RedisLink},
};

/// How long a key is remembered after its job was put into the queue. A job that is pushed again later is offered
/// again, and its handler finds that it has ended.
const KEY_KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Higher priorities count as this one: beyond it a score would not be exact.
const PRIORITY_MAX: u32 = 4_095;
/// Jobs that one script puts into the queue: it must not hold up everybody else for long.
const PUSHED_AT_ONCE_MAX: usize = 1_000;

static PUSH: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("push.lua")));
static TURN: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("turn.lua")));
static HOLD: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("hold.lua")));
static FORGET: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("forget.lua")));

/// A queue of jobs in Redis. Clones share its connection.
#[derive(Clone, Debug)]
pub(super) struct RedisJobs {
    address: RedisAddress,
    link: RedisLink,
    keys: Keys,
}

/// Where things lie. The part in braces keeps them together in a cluster.
#[derive(Clone, Debug)]
struct Keys {
    /// Those that wait, by priority and number.
    waiting: String,
    /// The number of the last one.
    number: String,
    /// A list with an entry in it while there is something to take.
    signal: String,
    /// Those that a worker holds, by the moment at which it lets go.
    held: String,
    /// Those that wait for their time, by that time.
    later: String,
    /// What keys begin with that were seen.
    seen: String,
}

/// What became of jobs since the last turn.
#[derive(Debug, Default)]
struct Settled {
    ended: Vec<String>,
    /// With the pause before it is offered again.
    again: Vec<(String, Duration)>,
}

impl RedisJobs {
    /// Connects to the queue of that name.
    pub(super) async fn connect(address: &RedisAddress, name: &str) -> Result<Self, NodeError> {
        let link = RedisLink::connect(address).await?;
        let key = |part: &str| format!("{PREFIX}{{{name}}}:{part}");
        let keys = Keys {
            waiting: key("waiting"),
            number: key("number"),
            signal: key("signal"),
            held: key("held"),
            later: key("later"),
            seen: key("seen:"),
        };
        Ok(Self { address: address.clone(), link, keys })
    }

    pub(super) fn place(&self) -> &str {
        self.link.place()
    }

    pub(super) async fn push(&self, jobs: &[(Uuid, Order)]) -> Result<(), NodeError> {
        for some in jobs.chunks(PUSHED_AT_ONCE_MAX) {
            let mut push = PUSH.prepare_invoke();
            push.key(&self.keys.waiting).key(&self.keys.number).key(&self.keys.signal).key(&self.keys.seen);
            push.arg(KEY_KEPT.as_secs());
            for (job, order) in some {
                let (key, priority) = (order.key(*job), order.priority.min(PRIORITY_MAX));
                push.arg(&key).arg(format!("{priority}:{key}")).arg(priority);
            }
            self.link.call::<u64>(&push).await?;
        }
        Ok(())
    }

    pub(super) async fn probe(&self) -> Result<(), NodeError> {
        self.link.run::<u64>(cmd("ZCARD").arg(&self.keys.waiting)).await.map(|_| ())
    }

    /// Forgets all jobs that are not done.
    pub(super) async fn forget_open(&self) -> Result<(), NodeError> {
        let mut forget = FORGET.prepare_invoke();
        forget.key(&self.keys.waiting).key(&self.keys.held).key(&self.keys.later).key(&self.keys.seen);
        self.link.call::<u64>(&forget).await.map(|_| ())
    }

    /// Settles what has ended, and takes up to `count` jobs, to be held for `held_for`.
    async fn turn(
        &self,
        settled: &Settled,
        count: usize,
        held_for: Duration,
    ) -> Result<Vec<String>, NodeError> {
        let mut turn = TURN.prepare_invoke();
        turn.key(&self.keys.waiting).key(&self.keys.number).key(&self.keys.signal);
        turn.key(&self.keys.held).key(&self.keys.later);
        turn.arg(milliseconds(held_for)).arg(count).arg(settled.ended.len());
        for job in &settled.ended {
            turn.arg(job);
        }
        for (job, pause) in &settled.again {
            turn.arg(job).arg(milliseconds(*pause));
        }
        self.link.call(&turn).await
    }

    /// Holds jobs for longer.
    async fn hold(&self, jobs: impl Iterator<Item = &String>, held_for: Duration) -> Result<(), NodeError> {
        let mut hold = HOLD.prepare_invoke();
        hold.key(&self.keys.held).arg(milliseconds(held_for));
        for job in jobs {
            hold.arg(job);
        }
        self.link.call::<u64>(&hold).await.map(|_| ())
    }
}

/// Which job that is, as it lies in the queue: priority, id, and the turn if it is not the first.
fn id_of(job: &str) -> Option<Uuid> {
    job.split_once(':')?.1.get(..36)?.parse().ok()
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::id_of;

    #[test]
    fn a_job_is_known_by_its_id_whatever_its_turn() {
        let job = Uuid::now_v7();
        assert_eq!(id_of(&format!("9:{job}")), Some(job));
        assert_eq!(id_of(&format!("0:{job}-12")), Some(job));
        assert_eq!(id_of("9:nonsense"), None);
        assert_eq!(id_of(&job.to_string()), None);
    }
}
