//! A worker of the queue in Redis.

use std::{collections::HashSet, mem, pin::Pin, time::Duration};

use redis::cmd;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{RedisJobs, Settled, id_of};
use crate::{
    jobs::worker::{HEARTBEAT_INTERVAL, MISSED_HEARTBEATS_MAX, POLL_INTERVAL, Runner, Verdict, run_job},
    node::{NodeError, redis::RedisLink},
};

/// How long a job is held without a sign of life of its worker.
const HELD_FOR: Duration = HEARTBEAT_INTERVAL.saturating_mul(MISSED_HEARTBEATS_MAX as u32);

/// Signals that there is something to take, one after the other.
type Signal = Pin<Box<dyn Future<Output = Result<(), NodeError>> + Send>>;

impl RedisJobs {
    /// Takes jobs and runs them, `concurrency` at a time, until the runner is told to stop and they have ended. Calls
    /// `beat` as long as it lives.
    ///
    /// # Errors
    /// Redis failed. Jobs that ran are offered again a while later.
    pub(in crate::jobs) async fn work(
        &self,
        concurrency: usize,
        runner: &Runner,
        beat: impl Fn() + Send,
    ) -> Result<(), NodeError> {
        // A waiting read blocks its connection, so it has one of its own.
        let waiting = RedisLink::connect(&self.address).await?;
        let stop = runner.shutdown();
        let mut signal = self.signal(&waiting);
        let mut heartbeat = interval(HEARTBEAT_INTERVAL);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut running, mut held) = (JoinSet::new(), HashSet::new());
        let mut settled = Settled::default();
        loop {
            let free = if stop.is_cancelled() { 0 } else { concurrency.saturating_sub(running.len()) };
            if free > 0 || !settled.is_empty() {
                for job in self.turn(&mem::take(&mut settled), free, HELD_FOR).await? {
                    let Some(id) = id_of(&job) else {
                        tracing::error!(job, "what is no job is taken out of the queue");
                        settled.ended.push(job);
                        continue;
                    };
                    held.insert(job.clone());
                    let runner = runner.clone();
                    running.spawn(async move { (job, run_job(&runner, id).await) });
                }
            }
            if stop.is_cancelled() && running.is_empty() && settled.is_empty() {
                return Ok(());
            }
            tokio::select! {
                biased;
                Some(Ok((job, verdict))) = running.join_next() => {
                    held.remove(&job);
                    settled.note(job, verdict);
                    // Whatever else has ended meanwhile is settled in the same turn.
                    while let Some(Ok((job, verdict))) = running.try_join_next() {
                        held.remove(&job);
                        settled.note(job, verdict);
                    }
                }
                _ = heartbeat.tick() => {
                    if !held.is_empty() {
                        self.hold(held.iter(), HELD_FOR).await?;
                    }
                    beat();
                }
                // Never dropped half-way: it might have taken the signal with it.
                signalled = &mut signal, if free > 0 => {
                    signalled?;
                    signal = self.signal(&waiting);
                }
                () = stop.cancelled(), if !stop.is_cancelled() => {}
            }
        }
    }

    fn signal(&self, waiting: &RedisLink) -> Signal {
        let (waiting, key) = (waiting.clone(), self.keys.signal.clone());
        Box::pin(async move {
            let mut wait = cmd("BLPOP");
            wait.arg(key).arg(POLL_INTERVAL.as_secs_f64());
            waiting.run::<Option<(String, String)>>(&wait).await.map(|_| ())
        })
    }
}

impl Settled {
    fn is_empty(&self) -> bool {
        self.ended.is_empty() && self.again.is_empty()
    }

    fn note(&mut self, job: String, verdict: Verdict) {
        match verdict {
            Verdict::Finished => self.ended.push(job),
            Verdict::RunAgain { pause } => self.again.push((job, pause)),
        }
    }
}
