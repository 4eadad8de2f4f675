//! What the bots were given, put together.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    time::Duration,
};

/// What one bot was given.
#[derive(Default)]
pub(crate) struct Tally {
    /// Whether the character came into the world.
    pub(crate) joined: bool,
    /// How the bot's time ended, if not by its own goodbye.
    pub(crate) failure: Option<String>,
    /// From the first word to the server's `Joined`.
    pub(crate) join: Duration,
    /// WebSocket messages that came while playing.
    pub(crate) messages: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Frames among them.
    pub(crate) frames: u64,
    /// Most entities in view at once.
    pub(crate) entities_max: usize,
    /// Moves that were sent.
    pub(crate) moves: u64,
    /// Moves that were refused, by cause.
    pub(crate) refusals: BTreeMap<&'static str, u64>,
    /// Missing deltas.
    pub(crate) gaps: u64,
    /// From each frame to the next one.
    pub(crate) silences: Vec<Duration>,
    /// From each heartbeat to its answer.
    pub(crate) round_trips: Vec<Duration>,
    /// From each move to the first frame that says that it took effect.
    pub(crate) effects: Vec<Duration>,
}

/// All tallies together.
pub(crate) struct Report {
    players: u32,
    joined: u32,
    failures: BTreeMap<String, u64>,
    total: Tally,
    joins: Vec<Duration>,
    played: Duration,
}

impl Report {
    pub(crate) fn new(players: u32) -> Self {
        Self {
            players,
            joined: 0,
            failures: BTreeMap::new(),
            total: Tally::default(),
            joins: Vec::new(),
            played: Duration::ZERO,
        }
    }

    pub(crate) fn add(&mut self, tally: Tally) {
        if tally.joined {
            self.joined += 1;
            self.joins.push(tally.join);
        }
        if let Some(failure) = tally.failure {
            *self.failures.entry(failure).or_default() += 1;
        }
        let total = &mut self.total;
        total.messages += tally.messages;
        total.bytes += tally.bytes;
        total.frames += tally.frames;
        total.entities_max = total.entities_max.max(tally.entities_max);
        total.moves += tally.moves;
        total.gaps += tally.gaps;
        total.silences.extend(tally.silences);
        total.round_trips.extend(tally.round_trips);
        total.effects.extend(tally.effects);
        for (cause, count) in tally.refusals {
            *total.refusals.entry(cause).or_default() += count;
        }
    }

    pub(crate) fn finish(&mut self, played: Duration) {
        self.played = played;
        self.joins.sort_unstable();
        self.total.silences.sort_unstable();
        self.total.round_trips.sort_unstable();
        self.total.effects.sort_unstable();
    }

    pub(crate) fn everybody_played(&self) -> bool {
        self.joined == self.players && self.failures.is_empty()
    }

    pub(crate) fn print(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let seconds = self.played.as_secs_f64().max(f64::EPSILON);
        let per_player = seconds * f64::from(self.joined.max(1));
        let total = &self.total;
        writeln!(out, "players           {} of {} joined", self.joined, self.players)?;
        for (failure, count) in &self.failures {
            writeln!(out, "  failed          {count} × {failure}")?;
        }
        if self.joined == 0 {
            return Ok(());
        }
        writeln!(out, "played            {seconds:.1} s")?;
        writeln!(
            out,
            "messages          {:.0}/s, {:.1}/s a player",
            total.messages as f64 / seconds,
            total.messages as f64 / per_player
        )?;
        writeln!(out, "  frames          {:.1}/s a player", total.frames as f64 / per_player)?;
        writeln!(
            out,
            "bytes             {:.0}/s, {:.0}/s a player",
            total.bytes as f64 / seconds,
            total.bytes as f64 / per_player
        )?;
        writeln!(out, "entities in view  {} at most", total.entities_max)?;
        writeln!(out, "missing deltas    {}", total.gaps)?;
        let refused: u64 = total.refusals.values().sum();
        writeln!(out, "moves             {} sent, {refused} refused", total.moves)?;
        for (cause, count) in &total.refusals {
            writeln!(out, "  {cause:<15} {count}")?;
        }
        writeln!(out, "join              {}", percentiles(&self.joins))?;
        writeln!(out, "between frames    {}", percentiles(&total.silences))?;
        writeln!(out, "heartbeat         {}", percentiles(&total.round_trips))?;
        writeln!(out, "move to frame     {}", percentiles(&total.effects))
    }
}

/// The usual percentiles of sorted durations.
fn percentiles(sorted: &[Duration]) -> String {
    let at = |share: f64| {
        let index = (sorted.len().saturating_sub(1) as f64 * share).round() as usize;
        sorted.get(index).map_or(0.0, |duration| duration.as_secs_f64() * 1_000.0)
    };
    let (p50, p95, p99, max) = (at(0.5), at(0.95), at(0.99), at(1.0));
    format!("p50 {p50:.1} ms, p95 {p95:.1} ms, p99 {p99:.1} ms, max {max:.1} ms ({} samples)", sorted.len())
}

/// Tells why the swarm can't run.
pub(crate) fn complain(failure: &str) {
    // Nothing is left to be done when even standard error is gone.
    let _ = writeln!(io::stderr().lock(), "swarm: {failure}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_stand_for_their_share() {
        let sorted: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        let told = percentiles(&sorted);
        assert_eq!(told, "p50 51.0 ms, p95 95.0 ms, p99 99.0 ms, max 100.0 ms (100 samples)");
        assert!(percentiles(&[]).ends_with("(0 samples)"));
    }

    #[test]
    fn a_single_failure_fails_the_run() {
        let mut report = Report::new(2);
        report.add(Tally { joined: true, ..Tally::default() });
        report.add(Tally { joined: true, ..Tally::default() });
        assert!(report.everybody_played());
        report.add(Tally {
            joined: true,
            failure: Some("closed with 4009 TooSlow".into()),
            ..Tally::default()
        });
        assert!(!report.everybody_played());
    }
}
