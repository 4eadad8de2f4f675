//! Prints the JSON Schema of a kind of record: `cargo run -p rules --features authoring --example schema -- spells`.

use std::process::ExitCode;

use rules::content::{Kind, schema};

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool shows its result, and what is wrong")]
fn main() -> ExitCode {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let Some(kind) = Kind::from_word(&asked) else {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        eprintln!("schema: `{asked}` is no kind; there are {}", kinds.join(", "));
        return ExitCode::FAILURE;
    };
    println!("{:#}", schema(kind).as_value());
    ExitCode::SUCCESS
}
