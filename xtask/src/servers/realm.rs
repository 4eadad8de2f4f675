//! Realmkeep itself, as `cargo xtask run` serves it, in a data folder of its own.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;

use super::background::{Background, ask, free_port, retry, tied_to_us};
use crate::run::site_settings;
use crate::workspace::Workspace;

/// The first owner's login.
pub(crate) const OWNER_EMAIL: &str = "owner@example.com";
/// The first owner's password.
pub(crate) const OWNER_PASSWORD: &str = "correct horse battery staple";

/// A served world.
pub(crate) struct Realm {
    site_port: u16,
    server: Background,
}

impl Realm {
    pub(crate) fn start(
        workspace: &Workspace,
        program: &Path,
        site: &Path,
        data: &Path,
        logs: &Path,
    ) -> Result<Self> {
        retry(|site_port| {
            let ops_port = free_port()?;
            let log = logs.join("server.log");
            let mut command = tied_to_us(program, None)?;
            command.current_dir(&workspace.root).envs(site_settings(site));
            command.env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{site_port}"));
            command.env("REALMKEEP_OPS_ADDR", format!("127.0.0.1:{ops_port}"));
            command.env("REALMKEEP_DATA", data);
            command.env("REALMKEEP_OWNER_EMAIL", OWNER_EMAIL).env("REALMKEEP_OWNER_PASSWORD", OWNER_PASSWORD);
            let mut server = Background::start("the server", &mut command, Signal::SIGTERM, &log)?;
            server.wait_until(&log, || get(ops_port, "/health/ready").is_ok())?;
            Ok(Self { site_port, server })
        })
    }

    /// Where the site is.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.site_port)
    }

    /// The server's process id.
    pub(crate) fn process_id(&self) -> u32 {
        self.server.id()
    }

    /// The body of a page that the site serves.
    ///
    /// # Errors
    /// When it does not answer with 200.
    pub(crate) fn page(&self, path: &str) -> Result<String> {
        get(self.site_port, path)
    }
}

/// The body of a page on the loopback.
fn get(port: u16, path: &str) -> Result<String> {
    let request = format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    let answer = ask(port, &request).with_context(|| format!("no answer from {path}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a head")?;
    let status = head.lines().next().unwrap_or_default();
    if !status.contains(" 200 ") {
        bail!("{path} answered {status}");
    }
    Ok(body.to_owned())
}
