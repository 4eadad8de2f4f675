//! The real server: the built program, on ports and in a folder of its own.

use std::{
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// Generous: only a server that hangs is to fail, not one on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) const OWNER_EMAIL: &str = "owner@example.org";
pub(crate) const OWNER_PASSWORD: &str = "correct horse battery";
pub(crate) const PLAYER_PASSWORD: &str = "a long enough password";

/// A server that is about to be started.
pub(crate) struct Setup {
    data: TempDir,
    variables: Vec<(String, String)>,
    arguments: Vec<String>,
}

/// A running server. It is killed when it is dropped; [`TestServer::stop`] asks it politely.
pub(crate) struct TestServer {
    pub(crate) origin: String,
    pub(crate) ops: String,
    pub(crate) client: Client,
    /// What it printed until it was ready.
    pub(crate) banner: String,
    data: TempDir,
    process: Child,
    /// Held open after the banner was read.
    _stdout: Option<Lines<BufReader<ChildStdout>>>,
}

/// How a server ended.
pub(crate) struct Ending {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl TestServer {
    /// A server with all defaults and a known owner.
    pub(crate) async fn start() -> Self {
        Setup::new().start().await
    }

    /// A path of the public address.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A path of the operations address.
    pub(crate) fn ops_url(&self, path: &str) -> String {
        format!("{}{path}", self.ops)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    /// What somebody may read there.
    pub(crate) async fn read(&self, token: &str, path: &str) -> Value {
        let answer = self.get(path).bearer_auth(token).send().await.expect("answers");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.expect("JSON")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.post(self.url(path)).json(body)
    }

    /// The folder of its state.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Access token of the owner.
    pub(crate) async fn owner(&self) -> String {
        self.sign_in(OWNER_EMAIL, OWNER_PASSWORD).await
    }

    /// Access token of a fresh player.
    pub(crate) async fn player(&self, name: &str) -> String {
        let email = format!("{name}@example.org").to_lowercase();
        let body = json!({"email": email, "password": PLAYER_PASSWORD, "display_name": name});
        let reply = self.post("/api/v1/auth/register", &body).send().await.expect("answers");
        assert_eq!(reply.status(), StatusCode::CREATED, "{}", reply.text().await.unwrap_or_default());
        self.sign_in(&email, PLAYER_PASSWORD).await
    }

    /// Access token of an account.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> String {
        let reply =
            self.post("/api/v1/auth/login", &json!({"email": email, "password": password})).send().await;
        let reply = reply.expect("answers");
        assert_eq!(reply.status(), StatusCode::OK);
        let tokens: Value = reply.json().await.expect("is JSON");
        tokens["access_token"].as_str().expect("a token").to_owned()
    }

    /// Everything on `/metrics`.
    pub(crate) async fn metrics(&self) -> String {
        let reply = self.client.get(self.ops_url("/metrics")).send().await.expect("answers");
        reply.text().await.expect("is text")
    }

    /// The figure of a metric that has no labels.
    pub(crate) async fn figure(&self, name: &str) -> f64 {
        let metrics = self.metrics().await;
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name} in\n{metrics}"))
    }

    /// Status of `/health/ready`.
    pub(crate) async fn readiness(&self) -> StatusCode {
        self.client.get(self.ops_url("/health/ready")).send().await.expect("answers").status()
    }

    /// Waits until `/health/ready` answers `status`.
    pub(crate) async fn becomes(&self, status: StatusCode) {
        let reached = async {
            while self.readiness().await != status {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("readiness never became {status}"));
    }

    /// Sends SIGTERM, as Kubernetes and compose do.
    pub(crate) fn ask_to_stop(&self) {
        let id = self.process.id().expect("still runs").to_string();
        let sent = std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Sends SIGTERM and waits for the end; the folder can serve another start.
    pub(crate) async fn stop(self) -> (ExitStatus, Setup) {
        self.ask_to_stop();
        self.ended().await
    }

    /// Waits for the end of a server that was asked to stop.
    pub(crate) async fn ended(mut self) -> (ExitStatus, Setup) {
        let status = timeout(PATIENCE, self.process.wait()).await.expect("ends in time").expect("is ours");
        (status, Setup::in_folder(self.data))
    }
}

impl Setup {
    pub(crate) fn new() -> Self {
        Self::in_folder(tempfile::tempdir().expect("a temporary folder"))
    }

    fn in_folder(data: TempDir) -> Self {
        let infrastructure = data.path().join("infrastructure").display().to_string();
        let setup = Self { data, variables: Vec::new(), arguments: Vec::new() };
        setup
            // A swap writes its node's file.
            .with("REALMKEEP_INFRASTRUCTURE__FOLDER", &infrastructure)
            .with("LEPTOS_SITE_ADDR", "127.0.0.1:0")
            .with("REALMKEEP_OPS_ADDR", "127.0.0.1:0")
            .with("REALMKEEP_OWNER_EMAIL", OWNER_EMAIL)
            .with("REALMKEEP_OWNER_PASSWORD", OWNER_PASSWORD)
            .with("REALMKEEP_OPS__PROBE_EVERY_MS", "200")
            // Tests sign in far more often than a person does.
            .with("REALMKEEP_AUTH__LOGINS_PER_MINUTE", "1000")
            .with("REALMKEEP_LIMITS__READS_PER_MINUTE", "100000")
            .with("REALMKEEP_LIMITS__WRITES_PER_MINUTE", "100000")
            .with("REALMKEEP_LIMITS__SIGN_INS_PER_MINUTE", "100000")
            .with("REALMKEEP_LIMITS__EXPORTS_PER_MINUTE", "100000")
            .with("REALMKEEP_LOG__FORMAT", "json")
    }

    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        self.variables.retain(|(set, _)| set != name);
        self.variables.push((name.to_owned(), text.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(set, _)| set != name);
        self
    }

    pub(crate) fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// To serve, after it has done something else.
    pub(crate) fn without_arguments(mut self) -> Self {
        self.arguments.clear();
        self
    }

    /// The folder of its state.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("REALMKEEP_") || name.starts_with("LEPTOS_") {
                command.env_remove(&*name);
            }
        }
        command
            .current_dir(repository())
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, text)| (name, text)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        if !self.variables.iter().any(|(name, _)| name == "REALMKEEP_DATA") {
            command.env("REALMKEEP_DATA", self.data());
        }
        command
    }

    /// Starts it and waits until it is ready.
    pub(crate) async fn start(self) -> TestServer {
        let mut process = self.command().spawn().expect("the server starts");
        let mut stderr = process.stderr.take().expect("piped");
        // Read at once, lest the pipe fill up and the server wait for it.
        let log = tokio::spawn(async move {
            let mut text = String::new();
            stderr.read_to_string(&mut text).await.map(|_| text)
        });
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let mut banner = String::new();
        let (mut origin, mut ops) = (None, None);
        while origin.is_none() || ops.is_none() {
            let Some(line) =
                timeout(PATIENCE, lines.next_line()).await.expect("says where it is").expect("reads")
            else {
                let log = log.await.expect("joins").unwrap_or_default();
                panic!("the server ended before it was ready:\n{banner}{log}");
            };
            banner.push_str(&line);
            banner.push('\n');
            let mut words = line.split_whitespace();
            match words.next() {
                Some("Listening") => origin = words.next().map(|address| format!("http://{address}")),
                Some("Operations") => {
                    ops = words.next().map(|url| url.trim_end_matches("/metrics").to_owned());
                }
                _ => {}
            }
        }
        let rest = tokio::spawn(async move {
            let mut rest = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                rest.push_str(&line);
                rest.push('\n');
                if line.trim_start().starts_with("Password") {
                    break;
                }
            }
            // The reader goes along: a server whose standard output closes early would end.
            (rest, lines)
        });
        let mut stdout = None;
        if banner_has_more(&self.variables) {
            let (rest, lines) = timeout(PATIENCE, rest).await.expect("prints the login").expect("joins");
            banner.push_str(&rest);
            stdout = Some(lines);
        }
        // A new connection each time: the server closes the one whose body it refused to read.
        let client = Client::builder().timeout(PATIENCE).pool_max_idle_per_host(0);
        let client = client.default_headers(reasonable()).build().expect("a client");
        let server = TestServer {
            origin: origin.expect("told"),
            ops: ops.expect("told"),
            client,
            banner,
            data: self.data,
            process,
            _stdout: stdout,
        };
        server.becomes(StatusCode::OK).await;
        server
    }

    /// Starts it and waits for its end.
    pub(crate) async fn run_to_end(&self) -> Ending {
        let output = timeout(PATIENCE, self.command().output()).await.expect("ends by itself").expect("runs");
        Ending {
            status: output.status,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ending {
    /// The only line that it wrote to standard error; it must have failed.
    pub(crate) fn refusal(&self) -> &str {
        assert!(!self.status.success(), "it should have failed:\n{}{}", self.stdout, self.stderr);
        let line = self.stderr.trim_end();
        assert!(!line.is_empty() && !line.contains('\n'), "not one line:\n{}", self.stderr);
        line
    }
}

/// A made-up password stands behind the addresses.
fn banner_has_more(variables: &[(String, String)]) -> bool {
    !variables.iter().any(|(name, _)| name == "REALMKEEP_OWNER_PASSWORD")
}

/// What staff send with whatever changes something.
fn reasonable() -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static("x-reason"), HeaderValue::from_static("a test"))])
}

/// The repository's root.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server stands in the repository").to_owned()
}
