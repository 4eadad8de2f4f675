//! Ctrl-C and SIGTERM while tests run: stop what is running, let the rest clean up after itself.

use std::collections::BTreeSet;
use std::process::Child;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// From now on, a signal ends the running command instead of this process, so that databases and folders get cleaned up.
///
/// # Errors
/// When the handler can't be installed.
pub(crate) fn listen() -> Result<()> {
    ctrlc::set_handler(|| {
        // The first asks, the second insists.
        let signal = if INTERRUPTED.swap(true, Ordering::SeqCst) { Signal::SIGKILL } else { Signal::SIGTERM };
        for group in GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner).iter() {
            let _ = killpg(Pid::from_raw(*group), signal);
        }
    })
    .context("can't listen for Ctrl-C")
}

/// Whether someone asked to stop.
pub(crate) fn requested() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A running command whose whole process group ends with an interrupt, or when this guard goes early.
pub(crate) struct Group(i32);

impl Group {
    /// Watches a child that leads its own process group.
    pub(crate) fn watch(child: &Child) -> Self {
        let group = pid(child).as_raw();
        GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(group);
        Self(group)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&self.0);
    }
}

/// The child's process id, in the type that signals take.
pub(crate) fn pid(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).expect("process ids fit into pid_t"))
}
