//! Redis in a temporary folder, keeping nothing.

use std::path::Path;

use anyhow::{Context as _, Result};
use nix::sys::signal::Signal;

use super::background::{Background, ask, tied_to_us};
use crate::setup::Package;

pub(super) fn start(folder: &Path, logs: &Path, port: u16) -> Result<(Background, String)> {
    let program = Package::Redis.program().context("redis-server is not there")?;
    let log = logs.join(format!("redis-{port}.log"));
    let mut redis = tied_to_us(&program, None)?;
    redis.args([
        "--bind",
        "127.0.0.1",
        "--port",
        &port.to_string(),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
    ]);
    redis.arg(folder);
    let mut server = Background::start("Redis", &mut redis, Signal::SIGTERM, &log)?;
    server.wait_until(&log, || ask(port, "PING\r\n").is_some_and(|answer| answer.starts_with("+PONG")))?;
    Ok((server, format!("redis://127.0.0.1:{port}/")))
}
