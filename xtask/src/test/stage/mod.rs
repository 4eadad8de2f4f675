//! The stages of `cargo xtask test`, cheapest first, one a file where one is more than a command.

mod native;
mod style;

use anyhow::Result;

use super::Tally;
use super::stand::Stand;
use crate::setup::{Need, Package};

/// One part of the tests.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) needs: &'static [Need],
    pub(super) run: fn(&mut Stand<'_>) -> Result<Tally>,
}

/// The schedule.
pub(super) static STAGES: &[Stage] = &[
    Stage { name: "format", title: "rustfmt", needs: &[], run: style::format },
    Stage { name: "lint", title: "clippy, warnings denied", needs: &[Need::WasmTarget], run: style::lint },
    Stage {
        name: "rust",
        title: "Rust tests, with PostgreSQL and Redis",
        needs: &[Need::Debian(Package::PostgreSql), Need::Debian(Package::Redis)],
        run: native::test,
    },
];
