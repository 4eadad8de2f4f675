//! Plays rule cases: an input, and what the rules make of it.
//!
//! `cargo test -p rules --test cases` plays those in this folder. The variable `RULE_CASES` names further files of the same form
//! (paths, `:` between them). A function that nobody here knows is a failure, never skipped.

mod answers;
mod arguments;
mod case;
mod compare;
mod lookup;

use std::{env, fs, io::Write as _, path::PathBuf, process::ExitCode};

use case::{Case, Cases};

fn main() -> ExitCode {
    let mut failures = Vec::new();
    let mut played = 0;
    for path in files() {
        match read(&path) {
            Ok(cases) => {
                played += cases.len();
                failures.extend(cases.iter().filter_map(|case| play(case).err()));
            }
            Err(reason) => failures.push(format!("{}: {reason}", path.display())),
        }
    }
    let mut out = std::io::stdout().lock();
    for failure in &failures {
        writeln!(out, "{failure}").expect("the terminal is there");
    }
    writeln!(out, "{played} cases, {} failed", failures.len()).expect("the terminal is there");
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The files of this folder, then those that the caller names.
fn files() -> Vec<PathBuf> {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(&own)
        .expect("the folder of this file")
        .map(|entry| entry.expect("an entry of the folder of this file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let named = env::var("RULE_CASES").unwrap_or_default();
    files.extend(named.split(':').filter(|path| !path.is_empty()).map(PathBuf::from));
    files
}

fn read(path: &PathBuf) -> Result<Vec<Case>, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str::<Cases>(&text).map(|cases| cases.cases).map_err(|error| error.to_string())
}

fn play(case: &Case) -> Result<(), String> {
    let told = |reason: String| format!("{} {}({}): {reason}", case.id, case.function, case.input);
    let answer = answers::answer(case).map_err(|reason| told(reason.to_string()))?;
    compare::compare(&answer, &case.expected, case.tol).map_err(told)
}
