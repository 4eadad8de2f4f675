//! Nodes change hands while others work: the event bus under 20,000 numbered messages a second, and then, one after the other,
//! all nodes of a server on which 200 players walk.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::http::GENEROUS;
use super::load::Guarded;
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm, lone_redis};
use crate::shell;
use crate::workspace::Workspace;

const PLAYERS: u32 = 200;
/// How long the players walk: without a swap first, and then with swaps all the time.
const LASTS: Duration = Duration::from_secs(30);
const BETWEEN_SWAPS: Duration = Duration::from_millis(100);
/// Signing in takes a while: passwords are dear to check.
const ARRIVAL: Duration = Duration::from_secs(900);
/// What can change hands while the server runs, beside blobs, which stay in their folder.
const KINDS: [&str; 5] = ["event_bus", "cache", "session_store", "rate_limiter", "job_queue"];
const PASSWORD: &str = "a lantern by the harbour";

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let bus = super::redis::measure_swap(workspace)?;
    Ok(json!({"event_bus": bus, "server": measure_server(workspace)?}))
}

fn measure_server(workspace: &Workspace) -> Result<Value> {
    for package in ["server", "swarm"] {
        let build = ["build", "--profile", "play", "--package", package, "--bin", package];
        shell::stream(shell::cargo(&workspace.root).args(build))?;
    }
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let (_redis, url) = lone_redis(workspace, folder.path())?;
    let mut settings = GENEROUS.to_vec();
    settings.push(("REALMKEEP_LIMITS__WRITES_PER_MINUTE", "10000000"));
    let (program, data) = (workspace.target.join("play/server"), folder.path().join("data"));
    let realm = Realm::start_with(workspace, &program, &workspace.site(), &data, folder.path(), &settings)?;
    let nodes = Nodes::of(&realm, &url)?;

    let quiet = Swarm::enter(workspace, &realm, &nodes.cookie)?.leave()?;
    let swarm = Swarm::enter(workspace, &realm, &nodes.cookie)?;
    let (mut pauses, mut tooks) = (BTreeMap::<_, Vec<u64>>::new(), BTreeMap::<_, Vec<u64>>::new());
    let began = Instant::now();
    while began.elapsed() + Duration::from_secs(3) < LASTS {
        for deed in ["swap", "revert"] {
            for kind in KINDS {
                thread::sleep(BETWEEN_SWAPS);
                let swap = nodes.order(kind, deed)?;
                pauses.entry(kind).or_default().push(swap["pause_us"].as_u64().context("no pause")?);
                tooks.entry(kind).or_default().push(swap["took_ms"].as_u64().context("no time")?);
            }
        }
    }
    let busy = swarm.leave()?;
    let all = pauses.values().flatten().copied().collect();
    let by_kind = |figures: BTreeMap<&str, Vec<u64>>| -> Value {
        figures.into_iter().map(|(kind, values)| (kind.to_owned(), percentiles(values))).collect()
    };
    Ok(json!({
        "players": PLAYERS,
        "pause_us": percentiles(all),
        "pause_us_by_kind": by_kind(pauses),
        "took_ms_by_kind": by_kind(tooks),
        "players_without_swaps": quiet,
        "players_with_swaps": busy,
    }))
}

fn percentiles(mut values: Vec<u64>) -> Value {
    values.sort_unstable();
    let at = |percent: usize| values.get((values.len() * percent / 100).min(values.len().saturating_sub(1)));
    json!({"swaps": values.len(), "p50": at(50), "p99": at(99), "max": values.last()})
}

/// The nodes of a server, and who may swap them.
struct Nodes<'a> {
    realm: &'a Realm,
    redis: &'a str,
    token: String,
    cookie: String,
    ids: BTreeMap<String, String>,
}

impl<'a> Nodes<'a> {
    fn of(realm: &'a Realm, redis: &'a str) -> Result<Self> {
        let token = realm.sign_in(OWNER_EMAIL, OWNER_PASSWORD)?;
        let cookie = realm.sign_in_to_dashboard(OWNER_EMAIL, OWNER_PASSWORD)?;
        let nodes = realm.read("/api/v1/infrastructure/nodes", &format!("Authorization: Bearer {token}"))?;
        let nodes: Value = serde_json::from_str(&nodes).context("nodes are no JSON")?;
        let nodes = nodes["items"].as_array().context("no nodes")?;
        let text = |node: &Value, field: &str| node[field].as_str().unwrap_or_default().to_owned();
        let ids = nodes.iter().map(|node| (text(node, "kind"), text(node, "id"))).collect();
        Ok(Self { realm, redis, token, cookie, ids })
    }

    /// Swaps a node to Redis, or takes that back.
    fn order(&self, kind: &str, deed: &str) -> Result<Value> {
        let id = self.ids.get(kind).with_context(|| format!("no {kind}"))?;
        let order = match deed {
            "swap" => {
                json!({"driver": "redis", "config": {"servers": [self.redis]}, "reason": "a benchmark"})
            }
            _ => json!({"reason": "a benchmark"}),
        };
        let path = format!("/api/v1/infrastructure/nodes/{id}/{deed}");
        let swap = self.realm.order(&path, &self.token, &order)?;
        ensure!(swap["outcome"] == "done", "{kind}: {swap}");
        Ok(swap)
    }
}

/// Players who walk.
struct Swarm(Guarded);

impl Swarm {
    /// Returns when all of them are in the world, and whoever was there before has left.
    fn enter(workspace: &Workspace, realm: &Realm, cookie: &str) -> Result<Self> {
        until(realm, cookie, 0)?;
        let mut swarm = Command::new(workspace.target.join("play/swarm"));
        swarm.args(["--server", &realm.address(), "--players", &PLAYERS.to_string()]);
        swarm.args(["--seconds", &LASTS.as_secs().to_string(), "--email-prefix", "walker-"]);
        swarm.env("SWARM_PASSWORD", PASSWORD).stdout(Stdio::piped());
        let swarm = Self(Guarded(swarm.spawn().context("the swarm does not start")?));
        until(realm, cookie, PLAYERS)?;
        Ok(swarm)
    }

    /// Waits for their end, and tells what they were given.
    fn leave(mut self) -> Result<Value> {
        let mut told = String::new();
        let stdout = self.0.0.stdout.as_mut().context("the swarm says nothing")?;
        std::io::Read::read_to_string(stdout, &mut told).context("the swarm broke off")?;
        let status = self.0.0.wait().context("the swarm is gone")?;
        ensure!(status.success(), "not everybody played:\n{told}");
        Ok(told.lines().collect())
    }
}

/// Waits until so many sockets of players are open.
fn until(realm: &Realm, cookie: &str, sockets: u32) -> Result<()> {
    let begun = Instant::now();
    loop {
        let figures = realm.read("/api/ui/overview/figures", &format!("Cookie: {cookie}"))?;
        let figures: Value = serde_json::from_str(&figures).context("figures are no JSON")?;
        if figures["sockets"] == sockets {
            return Ok(());
        }
        ensure!(begun.elapsed() < ARRIVAL, "{} sockets instead of {sockets}", figures["sockets"]);
        thread::sleep(Duration::from_millis(200));
    }
}
