//! Which tests failed, and what they said, read from what test runners print.

/// How many lines of one failed test are shown. All of it is in the log.
const LINES_OF_EACH: usize = 40;

/// The names of the failed tests: libtest's, Playwright's, and those of our own runners.
pub(super) fn names(lines: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in lines {
        let line = line.trim();
        let rust = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"));
        let browser = line.strip_prefix('✘').and_then(|rest| rest.split_once("› ")).map(|(_, name)| name);
        let own = line.strip_prefix("FAIL  ").map(str::trim);
        names.extend(rust.or(browser).or(own).map(str::to_owned));
    }
    names
}

/// What libtest's failed tests printed: its `---- name stdout ----` sections, each cut to a bearable length.
pub(super) fn excerpts(lines: &[String]) -> Vec<&str> {
    let mut shown = Vec::new();
    let mut of_this_one = None;
    for line in lines {
        if line.starts_with("---- ") && line.ends_with(" ----") {
            of_this_one = Some(0);
        } else if line == "failures:" || line.starts_with("test result: ") {
            of_this_one = None;
        }
        if let Some(count) = of_this_one.as_mut().filter(|count| **count < LINES_OF_EACH) {
            *count += 1;
            shown.push(line.as_str());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_failed_test_is_named_whoever_ran_it() {
        let output = lines(
            "test gateway::a_late_reader_is_cut_off ... FAILED\n\
             test gateway::a_quick_one_is_not ... ok\n  \
             ✘   6 [dashboard] › tests/world.spec.mjs:21:1 › the map pans (30.1s)\n\
             FAIL  who sees the rat dead\n7 passed, 1 failed",
        );
        let expected = [
            "gateway::a_late_reader_is_cut_off",
            "tests/world.spec.mjs:21:1 › the map pans (30.1s)",
            "who sees the rat dead",
        ];
        assert_eq!(names(&output), expected);
    }

    #[test]
    fn what_a_failed_test_said_is_cut_out_of_the_rest() {
        let output = lines(
            "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nleft: 1\nright: 2\n\nfailures:\n    a\n\n\
             test result: FAILED. 0 passed; 1 failed",
        );
        assert_eq!(excerpts(&output), ["---- a stdout ----", "left: 1", "right: 2", ""]);
    }
}
