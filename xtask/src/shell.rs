//! Running other programs: in the open, or captured with a sign of life.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::{interrupt, screen};

const POLL: Duration = Duration::from_millis(50);
const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(15);

/// The cargo that started us, so that a toolchain override holds for everything below.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    forget_own_package(&mut command);
    command
}

/// Takes away what `cargo run` told us of our own package: build scripts watch these variables (ring's does), and would
/// run again each time that someone calls cargo directly and through us in turn.
pub(crate) fn forget_own_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// Runs a program whose output people may watch.
///
/// # Errors
/// When it can't be started or fails.
pub(crate) fn stream(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't start {}", name_of(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name_of(command));
    }
    Ok(())
}

/// Runs a program for its standard output; its errors go into ours.
///
/// # Errors
/// When it can't be started or fails.
pub(crate) fn output_of(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("can't start {}", name_of(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", name_of(command), last_line(&String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a captured program wrote.
pub(crate) struct Captured {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// Standard output and errors, line by line as they came.
    pub(crate) lines: Vec<String>,
}

impl Captured {
    /// The last so many lines.
    pub(crate) fn tail(&self, count: usize) -> &[String] {
        &self.lines[self.lines.len().saturating_sub(count)..]
    }
}

/// Runs a program in its own process group, keeps its output in `log`, and shows every now and then that it lives.
///
/// # Errors
/// When it can't be started or its log can't be written. A failing program is no error here: see `status`.
pub(crate) fn capture(title: &str, command: &mut Command, log: &Path) -> Result<Captured> {
    let file = File::create(log).with_context(|| format!("can't write {}", log.display()))?;
    let heard = Arc::new(Mutex::new(Heard { lines: Vec::new(), log: file }));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .with_context(|| format!("can't start {}", name_of(command)))?;
    let _group = interrupt::Group::watch(&child);
    let readers = [
        child.stdout.take().map(|pipe| listen(pipe, Arc::clone(&heard))),
        child.stderr.take().map(|pipe| listen(pipe, Arc::clone(&heard))),
    ];
    let status = wait_visibly(title, &mut child, &heard)?;
    for reader in readers.into_iter().flatten() {
        reader.join().ok().with_context(|| format!("lost the output of {title}"))?;
    }
    let lines = std::mem::take(&mut heard.lock().unwrap_or_else(PoisonError::into_inner).lines);
    Ok(Captured { status, lines })
}

struct Heard {
    lines: Vec<String>,
    log: File,
}

fn listen(pipe: impl Read + Send + 'static, heard: Arc<Mutex<Heard>>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            // The log is a convenience; a full disk shows in the program itself.
            let _ = writeln!(heard.log, "{line}");
            heard.lines.push(line);
        }
    })
}

fn wait_visibly(title: &str, child: &mut std::process::Child, heard: &Mutex<Heard>) -> Result<ExitStatus> {
    let begun = Instant::now();
    let mut shown = begun;
    loop {
        if let Some(status) = child.try_wait().with_context(|| format!("lost {title}"))? {
            return Ok(status);
        }
        if shown.elapsed() >= SIGN_OF_LIFE_EVERY {
            shown = Instant::now();
            let latest = heard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .lines
                .last()
                .cloned()
                .unwrap_or_default();
            let latest: String = latest.trim().chars().take(90).collect();
            screen::note(&screen::faint(&format!(
                "      {title}: {} … {latest}",
                screen::span(begun.elapsed())
            )));
        }
        std::thread::sleep(POLL);
    }
}

/// The program on PATH, in cargo's own folder of programs, or nowhere.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let cargo_bin = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .map(|home| home.join("bin"));
    std::env::split_paths(&path)
        .chain(cargo_bin)
        .map(|folder| folder.join(name))
        .find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let arguments = command.get_args().take(2).collect::<Vec<&OsStr>>().join(OsStr::new(" "));
    format!("`{} {}`", program.to_string_lossy(), arguments.to_string_lossy())
}

fn last_line(text: &str) -> &str {
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing")
}
