//! Figures about this process, read from `/proc` when they are asked for.
//!
//! They are written as text beside the recorder's: the recorder counts in whole numbers, CPU seconds are not whole.

use std::fmt::Write as _;
use std::{fs, time::Duration};

/// Kernel ticks in a second, as every Linux that Rust's standard library supports reports them to user space.
const CLOCK_TICKS_PER_S: f64 = 100.0;
/// Bytes of a page where `/proc/self/statm` counts in pages; told by the kernel in `/proc/self/smaps` as well.
const PAGE_BYTES: u64 = 4_096;

/// What the kernel knows of this process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ProcessFigures {
    resident_bytes: u64,
    cpu: Duration,
    threads: u64,
    open_files: u64,
    started_at_s: f64,
}

impl ProcessFigures {
    /// The figures now; absent where there is no `/proc`.
    pub(crate) fn now() -> Option<Self> {
        let statm = fs::read_to_string("/proc/self/statm").ok()?;
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let open_files = fs::read_dir("/proc/self/fd").ok()?.count() as u64;
        let machine = fs::read_to_string("/proc/stat").ok()?;
        Self::parse(&statm, &stat, &machine, open_files)
    }

    fn parse(statm: &str, stat: &str, machine: &str, open_files: u64) -> Option<Self> {
        let resident_pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
        // The second field is the program's name in brackets and may hold anything: count from behind it.
        let (_, fields) = stat.rsplit_once(") ")?;
        let field = |number: usize| fields.split(' ').nth(number - 3)?.trim().parse::<u64>().ok();
        let cpu_ticks = field(14)? + field(15)?;
        let booted_at_s: f64 =
            machine.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
        Some(Self {
            resident_bytes: resident_pages * PAGE_BYTES,
            cpu: Duration::from_secs_f64(cpu_ticks as f64 / CLOCK_TICKS_PER_S),
            threads: field(20)?,
            open_files,
            started_at_s: booted_at_s + field(22)? as f64 / CLOCK_TICKS_PER_S,
        })
    }

    /// Appends the figures in Prometheus' text format.
    pub(crate) fn render(&self, out: &mut String) {
        let mut family = |name: &str, kind: &str, help: &str, value: f64| {
            let written = write!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n\n");
            written.expect("writing to a string does not fail");
        };
        family(
            "process_resident_memory_bytes",
            "gauge",
            "Memory of the process that is in RAM.",
            self.resident_bytes as f64,
        );
        family(
            "process_cpu_seconds_total",
            "counter",
            "CPU time used, user and system.",
            self.cpu.as_secs_f64(),
        );
        family("process_threads", "gauge", "Threads of the process.", self.threads as f64);
        family("process_open_fds", "gauge", "Open file descriptors.", self.open_files as f64);
        family(
            "process_start_time_seconds",
            "gauge",
            "When the process began, in seconds since 1970.",
            self.started_at_s,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let stat = "7 (a) b) (c) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 12345 1000 200 1844";
        let figures =
            ProcessFigures::parse("1000 200 50 1 0 300 0", stat, "cpu 1 2\nbtime 1000\n", 5).expect("parses");
        assert_eq!(figures.resident_bytes, 200 * 4_096);
        assert_eq!(figures.cpu, Duration::from_secs(3));
        assert_eq!(figures.threads, 9);
        assert!((figures.started_at_s - 1_123.45).abs() < 0.001);
    }
}
