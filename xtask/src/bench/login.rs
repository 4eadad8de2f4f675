//! Logins at the machine's limit: how many a second, how many hashes that is for a core of the server's own, and what a
//! region's tick notices of it.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::http::GENEROUS;
use super::load::Load;
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::workspace::Workspace;

/// Everybody wants in at once.
const CALLERS: usize = 16;
/// The region tells its ticks' times over the last ten seconds: longer than that, and a bit.
const LASTS: Duration = Duration::from_secs(14);
/// Each is measured so often, in turns.
const ROUNDS: usize = 3;
/// Creatures in the region, as in the benchmark of the tick.
const CREATURES: &str = "1000";
/// The time that the server has taken of all cores.
const CPU_S: &str = "process_cpu_seconds_total";

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let program = super::server::build_release(workspace)?;
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let mut settings = GENEROUS.to_vec();
    settings.push(("REALMKEEP_GAME__NPCS", CREATURES));
    let data = folder.path().join("data");
    let realm = Realm::start_with(workspace, &program, &workspace.site(), &data, folder.path(), &settings)?;
    let cookie = realm.sign_in_to_dashboard(OWNER_EMAIL, OWNER_PASSWORD)?;
    let body = json!({ "email": OWNER_EMAIL, "password": OWNER_PASSWORD }).to_string();
    let request = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        realm.port(),
        body.len()
    );
    let mut rounds = Vec::new();
    // The creatures' ground has to come first.
    thread::sleep(LASTS);
    let (mut quiet, mut stormy, mut logins, mut hashes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began_s = realm.figure(CPU_S)?;
        thread::sleep(LASTS);
        quiet.push(tick_p99_us(&realm, &cookie)?);
        let quiet_until_s = realm.figure(CPU_S)?;
        let load = Load { port: realm.port(), request: request.clone(), callers: CALLERS, lasts: LASTS };
        let answers = load.run()?;
        stormy.push(tick_p99_us(&realm, &cookie)?);
        logins.push(answers.per_second());
        // What the game takes is no part of it.
        let game_s = quiet_until_s - began_s;
        let storm_s = realm.figure(CPU_S)? - quiet_until_s;
        hashes.push(answers.per_second() * LASTS.as_secs_f64() / (storm_s - game_s).max(f64::EPSILON));
        rounds.push(json!({ "answers": answers.told(), "cpu_s": storm_s, "cpu_s_of_the_game": game_s }));
    }
    let (each_quiet, each_stormy) = (quiet.clone(), stormy.clone());
    let (quiet, stormy) = (median(&mut quiet), median(&mut stormy));
    Ok(json!({
        "logins_per_second": tenths(median(&mut logins)),
        "hashes_per_second_a_core": tenths(median(&mut hashes)),
        "cores": thread::available_parallelism().map_or(1, std::num::NonZero::get),
        "creatures": CREATURES,
        "tick_p99_us_quiet": quiet,
        "tick_p99_us_in_a_storm": stormy,
        "tick_p99_moves_by_percent": tenths((stormy / quiet - 1.0) * 100.0),
        "each_tick_p99_us_quiet": each_quiet,
        "each_tick_p99_us_in_a_storm": each_stormy,
        "rounds": rounds,
    }))
}

fn tenths(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// What the dashboard shows, which is exacter than the buckets of the metrics.
fn tick_p99_us(realm: &Realm, cookie: &str) -> Result<f64> {
    let figures = realm.read("/api/ui/overview/figures", &format!("Cookie: {cookie}"))?;
    let figures: Value = serde_json::from_str(&figures).context("figures are no JSON")?;
    figures["tick_p99_us"].as_f64().context("the dashboard shows no p99")
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
