//! A server in the background that ends with its guard, and with us.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, killpg};

use crate::{interrupt, shell};

/// Long: a busy machine may take a while to start a database.
const READY_WITHIN: Duration = Duration::from_secs(90);
const STOPPED_WITHIN: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);
const ATTEMPTS: u32 = 3;

/// A running server. Dropping it stops it and waits for its end.
pub(super) struct Background {
    name: &'static str,
    child: Child,
    stop: Signal,
}

impl Background {
    /// Starts it, with its output in a log.
    ///
    /// # Errors
    /// When it can't be started.
    pub(super) fn start(name: &'static str, command: &mut Command, stop: Signal, log: &Path) -> Result<Self> {
        let log = File::create(log).with_context(|| format!("can't write {}", log.display()))?;
        let errors = log.try_clone().with_context(|| format!("can't share {name}'s log"))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .with_context(|| format!("can't start {name}"))?;
        Ok(Self { name, child, stop })
    }

    /// Its process id.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `is_ready` says so.
    ///
    /// # Errors
    /// When it ends before, takes too long, or a signal stops us.
    pub(super) fn wait_until(&mut self, log: &Path, mut is_ready: impl FnMut() -> bool) -> Result<()> {
        let begun = Instant::now();
        while !is_ready() {
            if let Some(status) = self.child.try_wait().with_context(|| format!("lost {}", self.name))? {
                bail!("{} ended at once ({status}): see {}", self.name, log.display());
            }
            if begun.elapsed() > READY_WITHIN {
                bail!(
                    "{} was not ready within {} s: see {}",
                    self.name,
                    READY_WITHIN.as_secs(),
                    log.display()
                );
            }
            if interrupt::requested() {
                bail!("stopped by a signal");
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let group = interrupt::pid(&self.child);
        let _ = killpg(group, self.stop);
        let asked = Instant::now();
        while asked.elapsed() < STOPPED_WITHIN {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(POLL);
        }
        let _ = killpg(group, Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// A command that the kernel ends when we die without a chance to clean up, where `setpriv` can arrange it.
/// Root may name the user that it shall run as.
pub(super) fn tied_to_us(program: &Path, user: Option<&nix::unistd::User>) -> Result<Command> {
    let setpriv = shell::find_program("setpriv").filter(|setpriv| {
        shell::output_of(Command::new(setpriv).arg("--help")).is_ok_and(|help| help.contains("--pdeathsig"))
    });
    let Some(setpriv) = setpriv else {
        let mut command = Command::new(program);
        if let Some(user) = user {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        return Ok(command);
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "TERM"]);
    if let Some(user) = user {
        command
            .arg(format!("--reuid={}", user.uid))
            .arg(format!("--regid={}", user.gid))
            .arg("--clear-groups");
    }
    command.arg("--").arg(program);
    Ok(command)
}

/// Tries again on another port: someone may take a free port before the server does.
pub(super) fn retry<T>(mut start: impl FnMut(u16) -> Result<T>) -> Result<T> {
    let mut failure = None;
    for _ in 0..ATTEMPTS {
        match start(free_port()?) {
            Ok(started) => return Ok(started),
            Err(error) => failure = Some(error),
        }
        if interrupt::requested() {
            break;
        }
    }
    Err(failure.context("no attempt was made")?)
}

/// A port of the loopback that nobody uses right now.
pub(super) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr().context("no free port on 127.0.0.1")?.port())
}

/// What a server on the loopback answers to these bytes; nothing when it does not.
pub(super) fn ask(port: u16, request: &str) -> Option<String> {
    ask_within(port, request, Duration::from_secs(5))
}

/// The same, when the answer may be longer in coming.
pub(super) fn ask_within(port: u16, request: &str, limit: Duration) -> Option<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(limit)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    let mut buffer = [0; 8192];
    // Until it closes the connection, or has said all that it will say to a ping.
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..count]);
        if !request.contains(" HTTP/") {
            break;
        }
    }
    Some(String::from_utf8_lossy(&answer).into_owned())
}
