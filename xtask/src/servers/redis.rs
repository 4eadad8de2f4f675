//! Redis in a temporary folder, keeping nothing: one server, or a cluster of three.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use nix::sys::signal::Signal;

use super::background::{Background, ask, free_port, retry, tied_to_us};
use crate::setup::Package;

/// The hash slots of a cluster.
const SLOTS: u16 = 16_384;
const NODES: u16 = 3;

pub(super) fn start(folder: &Path, logs: &Path, port: u16) -> Result<(Background, String)> {
    let server = start_with(folder, logs, port, &[])?;
    Ok((server, address(port)))
}

/// A cluster of three nodes that share the slots; and their addresses, with commas between.
pub(super) fn start_cluster(folder: &Path, logs: &Path) -> Result<(Vec<Background>, String)> {
    let mut nodes = Vec::new();
    let mut ports = Vec::new();
    for number in 0..NODES {
        let (node, node_ports) = retry(|port| start_node(folder, logs, port))?;
        let (first, last) = (
            SLOTS / NODES * number,
            if number + 1 == NODES { SLOTS } else { SLOTS / NODES * (number + 1) } - 1,
        );
        said_ok(node_ports.0, &format!("CLUSTER ADDSLOTSRANGE {first} {last}"))?;
        nodes.push(node);
        ports.push(node_ports);
    }
    for (port, bus) in &ports[1..] {
        said_ok(ports[0].0, &format!("CLUSTER MEET 127.0.0.1 {port} {bus}"))?;
    }
    for (node, (port, _)) in nodes.iter_mut().zip(&ports) {
        node.wait_until(&log(logs, *port), || {
            ask(*port, "CLUSTER INFO\r\n").is_some_and(|info| {
                info.contains("cluster_state:ok") && info.contains(&format!("cluster_known_nodes:{NODES}"))
            })
        })?;
    }
    let addresses: Vec<String> = ports.iter().map(|(port, _)| address(*port)).collect();
    Ok((nodes, addresses.join(",")))
}

/// A node of a cluster, with the port for clients and the one for its fellows.
fn start_node(folder: &Path, logs: &Path, port: u16) -> Result<(Background, (u16, u16))> {
    let bus = free_port()?;
    let state = format!("nodes-{port}.conf");
    let bus_text = bus.to_string();
    let settings = ["--cluster-enabled", "yes", "--cluster-port", &bus_text, "--cluster-config-file", &state];
    Ok((start_with(folder, logs, port, &settings)?, (port, bus)))
}

fn start_with(folder: &Path, logs: &Path, port: u16, settings: &[&str]) -> Result<Background> {
    let program = Package::Redis.program().context("redis-server is not there")?;
    let log = log(logs, port);
    let mut redis = tied_to_us(&program, None)?;
    redis.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"]);
    redis.args(settings).arg("--dir").arg(folder);
    let mut server = Background::start("Redis", &mut redis, Signal::SIGTERM, &log)?;
    server.wait_until(&log, || ask(port, "PING\r\n").is_some_and(|answer| answer.starts_with("+PONG")))?;
    Ok(server)
}

fn said_ok(port: u16, command: &str) -> Result<()> {
    let answer = ask(port, &format!("{command}\r\n")).with_context(|| format!("no answer to {command}"))?;
    ensure!(answer.starts_with("+OK"), "Redis answers {command} with {}", answer.trim());
    Ok(())
}

fn log(logs: &Path, port: u16) -> std::path::PathBuf {
    logs.join(format!("redis-{port}.log"))
}

fn address(port: u16) -> String {
    format!("redis://127.0.0.1:{port}/")
}
