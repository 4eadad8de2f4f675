//! PostgreSQL in a temporary folder.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;
use nix::unistd::{User, geteuid};

use super::background::{Background, tied_to_us};
use crate::setup;
use crate::shell;

const OWNER: &str = "realmkeep";

/// A fresh cluster that trusts everyone on the loopback and skips every flush: nothing in it has to last.
pub(super) fn start(folder: &Path, logs: &Path, port: u16) -> Result<(Background, String)> {
    let programs = setup::postgres_programs().context("PostgreSQL's initdb and postgres are not there")?;
    let user = unprivileged()?;
    let home = folder.join(format!("postgres-{port}"));
    std::fs::create_dir(&home).with_context(|| format!("can't create {}", home.display()))?;
    if let Some(user) = &user {
        // The other user must get to its own folder through ours.
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711))
            .with_context(|| format!("can't open {}", folder.display()))?;
        std::os::unix::fs::chown(&home, Some(user.uid.as_raw()), Some(user.gid.as_raw()))
            .with_context(|| format!("can't hand over {}", home.display()))?;
    }
    let data = home.join("data");
    let mut initdb = tied_to_us(&programs.join("initdb"), user.as_ref())?;
    initdb.current_dir(&home).arg("--pgdata").arg(&data);
    initdb.args(["--username", OWNER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]);
    shell::output_of(&mut initdb)?;

    let log = logs.join(format!("postgres-{port}.log"));
    let mut postgres = tied_to_us(&programs.join("postgres"), user.as_ref())?;
    postgres.current_dir(&home).arg("-D").arg(&data).args([
        "-p",
        &port.to_string(),
        "-h",
        "127.0.0.1",
        "-k",
        "",
    ]);
    for setting in ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"] {
        postgres.args(["-c", setting]);
    }
    // SIGINT: a fast shutdown, without waiting for clients.
    let mut server = Background::start("PostgreSQL", &mut postgres, Signal::SIGINT, &log)?;
    server.wait_until(&log, || is_ready(&programs, port))?;
    Ok((server, format!("postgres://{OWNER}@127.0.0.1:{port}/postgres")))
}

fn is_ready(programs: &Path, port: u16) -> bool {
    let mut probe = Command::new(programs.join("psql"));
    probe.args(["-h", "127.0.0.1", "-p", &port.to_string(), "-U", OWNER, "-d", "postgres", "-c", "select 1"]);
    shell::output_of(&mut probe).is_ok()
}

/// PostgreSQL refuses to run as root: root lends it another user.
fn unprivileged() -> Result<Option<User>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let Ok(Some(user)) = User::from_name(name) {
            return Ok(Some(user));
        }
    }
    bail!("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}
