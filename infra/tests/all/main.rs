//! The drivers, each against the real thing. `cargo xtask test` starts Redis and PostgreSQL for them.

mod blobs;
mod bus;
mod jobs;

/// The address of a server that `cargo xtask test` starts. Without it the test fails: a test that skips itself proves
/// nothing.
fn server_url(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; run `cargo xtask test`, which starts the servers that tests need")
    })
}
