//! The test stand: folders, logs and the servers that stages share, all gone when it is dropped.

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use super::{Tally, failures};
use crate::servers::{Databases, Realm};
use crate::shell::{self, Captured};
use crate::workspace::Workspace;
use crate::{interrupt, screen, site};

/// How much of a failed command's output is shown. All of it is in the log.
const SHOWN_LINES: usize = 120;

/// What stages work with.
pub(super) struct Stand<'a> {
    pub(super) workspace: &'a Workspace,
    // Servers go before the folder that they write into: fields drop in this order.
    realm: Option<Realm>,
    databases: Option<Databases>,
    temporary: TempDir,
    logs: PathBuf,
    failures: RefCell<Vec<String>>,
}

impl<'a> Stand<'a> {
    /// An empty stand. Servers start when a stage asks for them.
    ///
    /// # Errors
    /// When its folders can't be created.
    pub(super) fn new(workspace: &'a Workspace) -> Result<Self> {
        let temporary = tempfile::Builder::new()
            .prefix("realmkeep-test-")
            .tempdir()
            .context("can't create a temporary folder")?;
        let logs = workspace.target.join("xtask/logs").join(std::process::id().to_string());
        std::fs::create_dir_all(&logs).with_context(|| format!("can't create {}", logs.display()))?;
        Ok(Self { workspace, realm: None, databases: None, temporary, logs, failures: RefCell::default() })
    }

    /// The tests that failed so far, each with what ran it.
    pub(super) fn failures(&self) -> Vec<String> {
        self.failures.borrow().clone()
    }

    /// PostgreSQL and Redis.
    ///
    /// # Errors
    /// When one of them does not start.
    pub(super) fn databases(&mut self) -> Result<&Databases> {
        if self.databases.is_none() {
            self.databases = Some(Databases::start(self.temporary.path(), &self.logs)?);
        }
        self.databases.as_ref().context("no databases")
    }

    /// A served world in a data folder of its own, with the site as tests build it.
    ///
    /// # Errors
    /// When it can't be built or does not become ready.
    pub(super) fn realm(&mut self) -> Result<&Realm> {
        if self.realm.is_none() {
            let plan = self.site_plan();
            let server = self.build_server()?;
            self.build_site(&plan)?;
            let data = self.temporary.path().join("data");
            self.realm = Some(Realm::start(self.workspace, &server, &plan.folder, &data, &self.logs)?);
        }
        self.realm.as_ref().context("no server")
    }

    /// A served world for one stage alone, without a site, with further settings.
    ///
    /// # Errors
    /// When it can't be built or does not become ready.
    pub(super) fn realm_of_its_own(&self, name: &str, settings: &[(&str, &str)]) -> Result<Realm> {
        let server = self.build_server()?;
        let folder = self.folder(name)?;
        let logs = self.kept(name);
        std::fs::create_dir_all(&logs).with_context(|| format!("can't create {}", logs.display()))?;
        Realm::start_with(
            self.workspace,
            &server,
            &folder.join("site"),
            &folder.join("data"),
            &logs,
            settings,
        )
    }

    /// A fresh folder for one stage.
    ///
    /// # Errors
    /// When it can't be created.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.temporary.path().join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("can't create {}", folder.display()))?;
        Ok(folder)
    }

    /// A folder for what should outlive the run, beside the logs.
    pub(super) fn kept(&self, name: &str) -> PathBuf {
        self.logs.join(name)
    }

    /// A cargo command at the repository's root.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = shell::cargo(&self.workspace.root);
        cargo.args(arguments);
        cargo
    }

    /// Runs a command that counts its own tests.
    ///
    /// # Errors
    /// When it can't be started, or a signal stopped it.
    pub(super) fn counted(
        &self,
        title: &str,
        command: &mut Command,
        count: fn(&[String]) -> Tally,
    ) -> Result<Tally> {
        let captured = self.capture(title, command)?;
        let tally = count(&captured.lines).judged_by(captured.status.success());
        if tally.failed > 0 {
            self.show(title, &captured);
            let names = failures::names(&captured.lines);
            let named = names.into_iter().map(|name| format!("{title}: {name}"));
            self.failures.borrow_mut().extend(named);
        }
        Ok(tally)
    }

    /// Runs a command that is one test: it passes when it succeeds.
    ///
    /// # Errors
    /// When it can't be started, or a signal stopped it.
    pub(super) fn checked(&self, title: &str, command: &mut Command) -> Result<Tally> {
        let captured = self.capture(title, command)?;
        if captured.status.success() {
            return Ok(Tally::passed(1));
        }
        self.show(title, &captured);
        Ok(Tally::failed(1))
    }

    /// Runs a command that later steps build upon.
    ///
    /// # Errors
    /// When it fails.
    pub(super) fn required(&self, title: &str, command: &mut Command) -> Result<Captured> {
        let captured = self.capture(title, command)?;
        if !captured.status.success() {
            self.show(title, &captured);
            bail!("{title} failed ({})", captured.status);
        }
        Ok(captured)
    }

    fn capture(&self, title: &str, command: &mut Command) -> Result<Captured> {
        let captured = shell::capture(title, command, &self.log_of(title))?;
        if interrupt::requested() {
            bail!("stopped by a signal");
        }
        Ok(captured)
    }

    fn show(&self, title: &str, captured: &Captured) {
        let excerpts = failures::excerpts(&captured.lines);
        let tail = captured.tail(SHOWN_LINES).iter().map(String::as_str);
        let shown = if excerpts.is_empty() { tail.collect() } else { excerpts };
        for line in shown {
            screen::note(&format!("      | {line}"));
        }
        screen::note(&format!("      all of it: {}", self.log_of(title).display()));
    }

    fn log_of(&self, title: &str) -> PathBuf {
        let name: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        self.logs.join(format!("{name}.log"))
    }

    /// Apart from the site that `run` serves: the builds differ.
    fn site_plan(&self) -> site::Plan {
        site::Plan { folder: self.workspace.target.join("site-for-tests"), profile: "dev", optimised: false }
    }

    fn build_site(&self, plan: &site::Plan) -> Result<()> {
        site::build(self.workspace, plan, &mut |title, command| self.required(title, command).map(drop))
    }

    /// Builds the server together with all tests: the same features, hence the same artifacts.
    fn build_server(&self) -> Result<PathBuf> {
        let mut cargo = self.cargo(&["build", "--workspace", "--exclude", "frontend", "--exclude", "peers"]);
        cargo.args(["--bins", "--tests"]);
        self.required("build of server and tests", &mut cargo)?;
        Ok(self.workspace.target.join("debug/server"))
    }
}
