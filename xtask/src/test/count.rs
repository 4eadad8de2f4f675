//! Reads how many tests passed from what test runners print.

use std::fmt;
use std::ops::Add;

/// Counted tests.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) ignored: u32,
}

impl Tally {
    pub(super) const fn passed(count: u32) -> Self {
        Self { passed: count, failed: 0, ignored: 0 }
    }

    pub(super) const fn failed(count: u32) -> Self {
        Self { passed: 0, failed: count, ignored: 0 }
    }

    /// A runner that failed must show a failure, and one that succeeded at least one test.
    pub(super) fn judged_by(self, success: bool) -> Self {
        let silent = if success { self.passed + self.failed == 0 } else { self.failed == 0 };
        if silent { self + Self::failed(1) } else { self }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Sums what Rust's and wasm-bindgen's test harnesses print: `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
pub(super) fn libtest(lines: &[String]) -> Tally {
    lines
        .iter()
        .filter_map(|line| line.trim().strip_prefix("test result: "))
        .map(|result| Tally {
            passed: before(result, " passed"),
            failed: before(result, " failed"),
            ignored: before(result, " ignored"),
        })
        .fold(Tally::default(), Add::add)
}

/// Sums Playwright's last lines. A test that did not run, or passed only when tried again, did not pass.
pub(super) fn playwright(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let line = line.trim();
        let Some((number, rest)) = line.split_once(' ') else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        match rest.split(" (").next().unwrap_or_default() {
            "passed" => tally.passed += number,
            "failed" | "flaky" | "did not run" | "interrupted" => tally.failed += number,
            "skipped" => tally.ignored += number,
            _ => {}
        }
    }
    tally
}

/// The operations that schemathesis asked, and its failures.
pub(super) fn schemathesis(lines: &[String]) -> Tally {
    let number = |after: &str| {
        lines.iter().rev().find_map(|line| {
            let rest = line.trim().trim_start_matches(['❌', '✅', '🚫', '•', ' ']).strip_prefix(after)?;
            rest.trim().split([' ', '/']).next()?.parse::<u32>().ok()
        })
    };
    let failures = number("Unique failures:").or_else(|| number("Failures:")).unwrap_or(0);
    Tally { passed: number("Tested:").unwrap_or(0), failed: failures, ignored: 0 }
}

/// Sums the lines `N passed, N failed` of our own runners.
pub(super) fn plain(lines: &[String]) -> Tally {
    lines
        .iter()
        .filter(|line| line.contains(" passed, ") && line.trim_end().ends_with(" failed"))
        .map(|line| Tally { passed: before(line, " passed"), failed: before(line, " failed"), ignored: 0 })
        .fold(Tally::default(), Add::add)
}

/// The number that stands directly before `word`.
fn before(text: &str, word: &str) -> u32 {
    text.split_once(word)
        .and_then(|(left, _)| left.rsplit(|character: char| !character.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn results_of_several_harnesses_add_up() {
        let output = lines(
            "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
             test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s",
        );
        assert_eq!(libtest(&output), Tally { passed: 15, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_browser_test_that_needed_a_second_try_counts_as_failed() {
        let output = lines("  1 flaky\n    [chromium] login.spec.ts\n  2 did not run\n  24 passed (31.0s)");
        assert_eq!(playwright(&output), Tally { passed: 24, failed: 3, ignored: 0 });
    }

    #[test]
    fn our_own_runners_say_it_in_words() {
        assert_eq!(plain(&lines("ok frame\n7 passed, 1 failed")), Tally { passed: 7, failed: 1, ignored: 0 });
    }

    #[test]
    fn silence_is_a_failure() {
        assert_eq!(Tally::default().judged_by(true), Tally::failed(1));
        assert_eq!(Tally::passed(3).judged_by(false), Tally { passed: 3, failed: 1, ignored: 0 });
        assert_eq!(Tally::passed(3).judged_by(true), Tally::passed(3));
    }
}
