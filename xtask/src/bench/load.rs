//! Many callers of one address over HTTP/1.1, each with a connection of its own that is kept, each asking again as soon as
//! it is answered. Threads that block: simple, and quick enough to keep a server's core busy from another one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::shell;

/// What is asked, and how.
pub(super) struct Load {
    pub(super) port: u16,
    /// The whole request, as it goes over the wire.
    pub(super) request: String,
    pub(super) callers: usize,
    pub(super) lasts: Duration,
}

/// How it was answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// How long each answer with status 200 took, in microseconds, the shortest first.
    took_us: Vec<u32>,
    /// Answers with another status.
    refused: u64,
    lasted: Duration,
}

impl Load {
    /// Asks, and waits for the end.
    ///
    /// # Errors
    /// When a connection breaks.
    pub(super) fn run(&self) -> Result<Answers> {
        let begun = Instant::now();
        let until = begun + self.lasts;
        let answers = thread::scope(|scope| {
            let callers: Vec<_> = (0..self.callers).map(|_| scope.spawn(|| self.call(until))).collect();
            callers
                .into_iter()
                .map(|caller| caller.join().unwrap_or_else(|_| bail!("a caller panicked")))
                .collect::<Result<Vec<_>>>()
        })?;
        let mut all = Answers { lasted: begun.elapsed(), ..Answers::default() };
        for answers in answers {
            all.took_us.extend(answers.took_us);
            all.refused += answers.refused;
        }
        all.took_us.sort_unstable();
        Ok(all)
    }

    fn call(&self, until: Instant) -> Result<Answers> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).context("can't connect")?;
        stream.set_nodelay(true).context("can't set TCP_NODELAY")?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).context("can't set a limit")?;
        let mut stream = BufReader::with_capacity(16 * 1024, stream);
        let (mut answers, mut line, mut body) = (Answers::default(), String::new(), Vec::new());
        while Instant::now() < until {
            let asked = Instant::now();
            stream.get_mut().write_all(self.request.as_bytes()).context("can't ask")?;
            let is_good = read_answer(&mut stream, &mut line, &mut body)?;
            if is_good {
                answers.took_us.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
            } else {
                answers.refused += 1;
            }
        }
        Ok(answers)
    }
}

/// Whether the status is 200; reads to the end of the body.
fn read_answer(stream: &mut BufReader<TcpStream>, line: &mut String, body: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    stream.read_line(line).context("no answer")?;
    let is_good = line.get(9..12) == Some("200");
    let mut length = None;
    loop {
        line.clear();
        stream.read_line(line).context("half an answer")?;
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    body.resize(length.context("an answer without its length")?, 0);
    stream.read_exact(body).context("half a body")?;
    Ok(is_good)
}

impl Answers {
    pub(super) fn per_second(&self) -> f64 {
        self.took_us.len() as f64 / self.lasted.as_secs_f64()
    }

    pub(super) fn percentile_us(&self, percent: usize) -> u32 {
        let at = (self.took_us.len() * percent / 100).min(self.took_us.len().saturating_sub(1));
        self.took_us.get(at).copied().unwrap_or_default()
    }

    pub(super) fn told(&self) -> Value {
        json!({
            "answers": self.took_us.len(),
            "per_second": self.per_second().round(),
            "p50_us": self.percentile_us(50),
            "p99_us": self.percentile_us(99),
            "refused": self.refused,
        })
    }
}

/// The cores of a benchmark: the first is the server's, the others are the callers'. Lifted when it is dropped.
pub(super) struct Cores {
    all: usize,
}

impl Cores {
    /// Moves this process off the first core.
    ///
    /// # Errors
    /// On a machine of one core, or without `taskset`.
    pub(super) fn divide() -> Result<Self> {
        let all = thread::available_parallelism().context("no cores")?.get();
        if all < 2 {
            bail!("server and callers need a core each");
        }
        let cores = Self { all };
        cores.move_to(&format!("1-{}", all - 1))?;
        Ok(cores)
    }

    /// Moves a server, with all of its threads, onto the first core.
    ///
    /// # Errors
    /// Without `taskset`.
    pub(super) fn give_first(process: u32) -> Result<()> {
        let list = ["-a", "-c", "-p", "0"];
        shell::output_of(Command::new("taskset").args(list).arg(process.to_string())).map(drop)
    }

    fn move_to(&self, list: &str) -> Result<()> {
        let own = std::process::id().to_string();
        shell::output_of(Command::new("taskset").args(["-a", "-c", "-p", list, &own])).map(drop)
    }
}

impl Drop for Cores {
    fn drop(&mut self) {
        // What a benchmark leaves behind is no reason to lose its figures.
        let _ = self.move_to(&format!("0-{}", self.all - 1));
    }
}

/// A process that ends with its guard.
pub(super) struct Guarded(pub(super) Child);

impl Drop for Guarded {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
