//! Writes what making a new character needs of the content, as the server sends it to browsers: `newcomers <file>`.
//! `cargo xtask bench page` weighs it.

use std::process::ExitCode;

use rules::content::srd;

#[expect(clippy::print_stderr, reason = "a tool shows what is wrong")]
fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("newcomers: name the file to write");
        return ExitCode::FAILURE;
    };
    let written = srd()
        .for_newcomers()
        .map_err(|error| error.to_string())
        .and_then(|json| std::fs::write(&file, json).map_err(|error| format!("{file}: {error}")));
    if let Err(reason) = written {
        eprintln!("newcomers: {reason}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
