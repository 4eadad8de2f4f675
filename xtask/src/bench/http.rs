//! A read of REST beside Express 5 and Fastify 5 on the same work: a token of EdDSA is verified, the sign-in looked up,
//! the request counted, the id checked, a world answered as JSON. Each server has the first core to itself.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::load::{Answers, Cores, Guarded, Load};
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::shell;
use crate::workspace::Workspace;

const CALLERS: usize = 32;
const WARM_UP: Duration = Duration::from_secs(3);
const LASTS: Duration = Duration::from_secs(8);
/// Each is measured so often, in turns; the median of a figure counts.
const ROUNDS: usize = 3;

/// Requests of a benchmark are more than anybody's.
pub(super) const GENEROUS: [(&str, &str); 3] = [
    ("REALMKEEP_LIMITS__READS_PER_MINUTE", "10000000"),
    ("REALMKEEP_LIMITS__SIGN_INS_PER_MINUTE", "10000000"),
    ("REALMKEEP_AUTH__LOGINS_PER_MINUTE", "100000"),
];

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let program = super::server::build_release(workspace)?;
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    install_peers(workspace, folder.path())?;
    let cores = Cores::divide()?;
    let data = folder.path().join("data");
    let realm = Realm::start_with(workspace, &program, &workspace.site(), &data, folder.path(), &GENEROUS)?;
    Cores::give_first(realm.process_id())?;
    let ours = realm_request(&realm)?;
    let mut rounds: Vec<(&str, Vec<Answers>)> =
        vec![("realmkeep", Vec::new()), ("fastify", Vec::new()), ("express", Vec::new())];
    for _ in 0..ROUNDS {
        for (name, answers) in &mut rounds {
            let answered = match *name {
                "realmkeep" => ask(realm.port(), &ours)?,
                peer => {
                    let (process, port, request) = start_peer(folder.path(), peer)?;
                    let answered = ask(port, &request);
                    drop(process);
                    answered?
                }
            };
            answers.push(answered);
        }
    }
    drop(cores);
    let mut figures = Map::new();
    let medians: Vec<(&str, Answers)> =
        rounds.into_iter().map(|(name, answers)| (name, median(answers))).collect();
    for (name, answers) in &medians {
        figures.insert((*name).to_owned(), answers.told());
    }
    let per_second = |wanted: &str| {
        medians.iter().find(|(name, _)| *name == wanted).map_or(0.0, |(_, answers)| answers.per_second())
    };
    for peer in ["express", "fastify"] {
        let ratio = per_second("realmkeep") / per_second(peer);
        figures.insert(format!("times_{peer}"), json!((ratio * 100.0).round() / 100.0));
    }
    figures.insert("callers".to_owned(), json!(CALLERS));
    Ok(Value::Object(figures))
}

fn ask(port: u16, request: &str) -> Result<Answers> {
    let load = |lasts| Load { port, request: request.to_owned(), callers: CALLERS, lasts };
    load(WARM_UP).run()?;
    let answers = load(LASTS).run()?;
    if answers.per_second() < 1.0 {
        bail!("nothing was answered with 200");
    }
    Ok(answers)
}

fn median(mut rounds: Vec<Answers>) -> Answers {
    rounds.sort_by(|a, b| a.per_second().total_cmp(&b.per_second()));
    rounds.swap_remove(rounds.len() / 2)
}

fn realm_request(realm: &Realm) -> Result<String> {
    let token = realm.sign_in(OWNER_EMAIL, OWNER_PASSWORD)?;
    let worlds = realm.read("/api/v1/worlds", &format!("Authorization: Bearer {token}"))?;
    let worlds: Value = serde_json::from_str(&worlds).context("worlds are no JSON")?;
    let world = worlds["items"][0]["id"].as_str().context("no world")?;
    Ok(request(realm.port(), &format!("/api/v1/worlds/{world}"), &token))
}

fn request(port: u16, path: &str, token: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n")
}

/// Puts the peers into a folder of their own, with what they need.
fn install_peers(workspace: &Workspace, folder: &Path) -> Result<()> {
    let sources = workspace.root.join("xtask/peers");
    for entry in fs::read_dir(&sources).with_context(|| format!("can't read {}", sources.display()))? {
        let entry = entry.with_context(|| format!("can't read {}", sources.display()))?;
        if entry.path().is_file() {
            let to = folder.join(entry.file_name());
            fs::copy(entry.path(), &to).with_context(|| format!("can't write {}", to.display()))?;
        }
    }
    let npm = shell::find_program("npm").context("npm is missing: install npm")?;
    shell::stream(Command::new(npm).current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-progress",
        "--loglevel=error",
    ]))
    .context("npm could not install the peers")
}

/// Starts a peer on the first core; it says where it listens and how it is asked.
fn start_peer(folder: &Path, name: &str) -> Result<(Guarded, u16, String)> {
    let node = shell::find_program("node").context("Node is missing")?;
    let mut child = Command::new(node)
        .current_dir(folder)
        .arg(format!("{name}.mjs"))
        .env("NODE_ENV", "production")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("can't start {name}"))?;
    Cores::give_first(child.id())?;
    let stdout = child.stdout.take().context("no output")?;
    let guarded = Guarded(child);
    let mut told = String::new();
    BufReader::new(stdout).read_line(&mut told).with_context(|| format!("{name} says nothing"))?;
    let told: Value = serde_json::from_str(&told).with_context(|| format!("{name} says {told:?}"))?;
    let port = told["port"].as_u64().and_then(|port| u16::try_from(port).ok()).context("no port")?;
    let (path, token) =
        (told["path"].as_str().context("no path")?, told["token"].as_str().context("no token")?);
    Ok((guarded, port, request(port, path, token)))
}
