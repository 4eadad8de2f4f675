//! Servers and tools that a distribution packages better than we could.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use nix::unistd::geteuid;

use crate::shell;

/// A Debian package, known by a program or file that it brings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    Chromium,
    Fonts,
    MonoCompiler,
    MonoRuntime,
    PostgreSql,
    Prometheus,
    PythonVenv,
    Redis,
}

impl Package {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Fonts => "fonts-dejavu-core",
            Self::MonoCompiler => "mono-mcs",
            Self::MonoRuntime => "mono-runtime",
            Self::PostgreSql => "postgresql",
            Self::Prometheus => "prometheus",
            Self::PythonVenv => "python3-venv",
            Self::Redis => "redis-server",
        }
    }

    /// The program of it that we run, or for fonts the file.
    pub(crate) fn program(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => {
                shell::find_program("chromium").or_else(|| shell::find_program("chromium-browser"))
            }
            Self::Fonts => {
                ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf"]
                    .into_iter()
                    .map(PathBuf::from)
                    .find(|file| file.is_file())
            }
            Self::MonoCompiler => shell::find_program("mcs"),
            Self::MonoRuntime => shell::find_program("mono"),
            Self::PostgreSql => postgres_programs().map(|folder| folder.join("postgres")),
            Self::Prometheus => shell::find_program("promtool"),
            Self::PythonVenv => python_with_venv(),
            Self::Redis => shell::find_program("redis-server"),
        }
    }

    pub(super) fn is_installed(self) -> bool {
        self.program().is_some()
    }

    pub(super) fn install(self) -> Result<()> {
        let by_hand =
            format!("install it by hand: `apt-get install {}`, or your system's package of it", self.name());
        let Some(apt) = shell::find_program("apt-get") else {
            bail!("{} is missing and there is no apt-get here: {by_hand}", self.name());
        };
        let Some(mut prefix) = as_root() else {
            bail!("{} is missing and this user may not install packages: {by_hand}", self.name());
        };
        prefix.push(apt.into_os_string());
        let apt = |arguments: &[&str]| {
            let mut command = Command::new(&prefix[0]);
            command
                .args(&prefix[1..])
                .args(arguments)
                .stdin(Stdio::null())
                .env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        let install = ["install", "-y", "-qq", "--no-install-recommends", self.name()];
        if shell::stream(&mut apt(&install)).is_err() {
            // Stale lists are the usual reason. Whatever else it is, the second attempt says so.
            let refreshed = shell::stream(&mut apt(&["update", "-qq"]));
            if refreshed.and_then(|()| shell::stream(&mut apt(&install))).is_err() {
                bail!("apt-get could not install {}: {by_hand}", self.name());
            }
        }
        if self.is_installed() {
            Ok(())
        } else {
            bail!("{} is installed but its program is not found", self.name())
        }
    }
}

/// What to put before apt-get: nothing for root, `sudo -n` where it asks no password.
fn as_root() -> Option<Vec<std::ffi::OsString>> {
    if geteuid().is_root() {
        return Some(Vec::new());
    }
    let sudo = shell::find_program("sudo")?;
    shell::output_of(Command::new(&sudo).args(["-n", "true"])).ok()?;
    Some(vec![sudo.into_os_string(), "-n".into(), "DEBIAN_FRONTEND=noninteractive".into()])
}

/// Python, if it can make folders for packages: Debian keeps that apart.
fn python_with_venv() -> Option<PathBuf> {
    let python = shell::find_program("python3")?;
    shell::output_of(Command::new(&python).args(["-c", "import ensurepip, venv"])).ok()?;
    Some(python)
}

/// The newest folder with both `initdb` and `postgres`: Debian keeps them off PATH.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let packaged = versions.into_iter().rev().map(|(_, folder)| folder);
    let on_path = shell::find_program("initdb").and_then(|program| Some(program.parent()?.to_owned()));
    packaged
        .chain(on_path)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}
