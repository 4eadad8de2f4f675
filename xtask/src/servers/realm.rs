//! Realmkeep itself, as `cargo xtask run` serves it, in a data folder of its own.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;
use serde_json::{Value, json};

use super::background::{Background, ask, ask_within, free_port, retry, tied_to_us};
use crate::run::site_settings;
use crate::workspace::Workspace;

/// The first owner's login.
pub(crate) const OWNER_EMAIL: &str = "owner@example.com";
/// The first owner's password.
pub(crate) const OWNER_PASSWORD: &str = "correct horse battery staple";

/// How long something may take that is to be done, such as a swap.
const DEED_WITHIN: Duration = Duration::from_secs(60);

/// A served world.
pub(crate) struct Realm {
    site_port: u16,
    ops_port: u16,
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
        Self::start_with(workspace, program, site, data, logs, &[])
    }

    /// The same, with further settings.
    pub(crate) fn start_with(
        workspace: &Workspace,
        program: &Path,
        site: &Path,
        data: &Path,
        logs: &Path,
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        retry(|site_port| {
            let ops_port = free_port()?;
            let log = logs.join("server.log");
            let mut command = tied_to_us(program, None)?;
            command.current_dir(&workspace.root).envs(site_settings(site));
            command.env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{site_port}"));
            command.env("REALMKEEP_OPS_ADDR", format!("127.0.0.1:{ops_port}"));
            command.env("REALMKEEP_DATA", data);
            // A swap writes its node's file.
            command.env("REALMKEEP_INFRASTRUCTURE__FOLDER", data.join("infrastructure"));
            command.env("REALMKEEP_OWNER_EMAIL", OWNER_EMAIL).env("REALMKEEP_OWNER_PASSWORD", OWNER_PASSWORD);
            command.envs(settings.iter().copied());
            let mut server = Background::start("the server", &mut command, Signal::SIGTERM, &log)?;
            server.wait_until(&log, || get(ops_port, "/health/ready").is_ok())?;
            Ok(Self { site_port, ops_port, server })
        })
    }

    /// Where the site is.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.site_port)
    }

    /// An access token of that account.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) fn sign_in(&self, email: &str, password: &str) -> Result<String> {
        let body = json!({ "email": email, "password": password }).to_string();
        let (_, body) = self.post("/api/v1/auth/login", "application/json", &body)?;
        let tokens: Value = serde_json::from_str(&body).context("a login was not answered with JSON")?;
        tokens["access_token"].as_str().map(str::to_owned).context("a login was refused")
    }

    /// The dashboard's cookie for that account. Neither may hold a character that forms write otherwise.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) fn sign_in_to_dashboard(&self, email: &str, password: &str) -> Result<String> {
        let body = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
        let (head, _) = self.post("/api/ui/session/sign-in", "application/x-www-form-urlencoded", &body)?;
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next())?
        });
        cookie.map(str::to_owned).context("a login to the dashboard was refused")
    }

    /// Has something done by whoever has that token; the answer.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) fn order(&self, path: &str, token: &str, order: &Value) -> Result<Value> {
        let media_type = format!("application/json\r\nAuthorization: Bearer {token}");
        let (head, body) = self.post(path, &media_type, &order.to_string())?;
        if !head.lines().next().unwrap_or_default().contains(" 200 ") {
            bail!("{path} answered {body}");
        }
        serde_json::from_str(&body).with_context(|| format!("{path} was not answered with JSON"))
    }

    /// Head and body of the answer.
    fn post(&self, path: &str, media_type: &str, body: &str) -> Result<(String, String)> {
        let request = format!(
            "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.site_port,
            body.len()
        );
        let answer = ask_within(self.site_port, &request, DEED_WITHIN);
        let answer = answer.with_context(|| format!("no answer from {path}"))?;
        let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a head")?;
        Ok((head.to_owned(), body.to_owned()))
    }

    /// What is at a path, for whoever sends that header.
    ///
    /// # Errors
    /// When it does not answer with 200.
    pub(crate) fn read(&self, path: &str, header: &str) -> Result<String> {
        get_with(self.site_port, path, header)
    }

    /// What a metric without labels says now.
    ///
    /// # Errors
    /// When the server does not answer, or has no such metric.
    pub(crate) fn figure(&self, name: &str) -> Result<f64> {
        let metrics = get(self.ops_port, "/metrics")?;
        let told = metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        told.with_context(|| format!("the server has no metric {name}"))
    }

    /// The port of the site.
    pub(crate) fn port(&self) -> u16 {
        self.site_port
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
    get_with(port, path, "Accept: */*")
}

fn get_with(port: u16, path: &str, header: &str) -> Result<String> {
    let request =
        format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{header}\r\nConnection: close\r\n\r\n");
    let answer = ask(port, &request).with_context(|| format!("no answer from {path}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a head")?;
    let status = head.lines().next().unwrap_or_default();
    if !status.contains(" 200 ") {
        bail!("{path} answered {status}");
    }
    Ok(body.to_owned())
}
