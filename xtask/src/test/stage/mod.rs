//! The stages of `cargo xtask test`, what fails quickly first.

mod api;
mod browser;
mod csharp;
mod native;
mod style;
mod tidy;
mod wasm;

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
    Stage { name: "tidy", title: "the house rules", needs: &[], run: tidy::check },
    Stage {
        name: "licences",
        title: "licences and banned crates, by cargo-deny",
        needs: &[Need::CargoDeny],
        run: style::licences,
    },
    Stage { name: "lint", title: "clippy, warnings denied", needs: &[Need::WasmTarget], run: style::lint },
    Stage {
        name: "pure",
        title: "each pure crate builds for the browser",
        needs: &[Need::WasmTarget],
        run: wasm::build_pure_crates,
    },
    Stage {
        name: "rust",
        title: "Rust tests, with PostgreSQL and Redis",
        needs: &[
            Need::Debian(Package::PostgreSql),
            Need::Debian(Package::Redis),
            Need::Debian(Package::Prometheus),
        ],
        run: native::test,
    },
    Stage {
        name: "api",
        title: "REST as its description tells it, by schemathesis",
        needs: &[Need::Debian(Package::PythonVenv), Need::Schemathesis],
        run: api::test,
    },
    Stage {
        name: "wasm",
        title: "terrain as the browser generates it",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::NodePackages],
        run: wasm::test,
    },
    Stage {
        name: "csharp",
        title: "the Unity package's core under Mono, and a headless player",
        needs: &[
            Need::WasmTarget,
            Need::NodePackages,
            Need::WasmBindgen,
            Need::Debian(Package::MonoCompiler),
            Need::Debian(Package::MonoRuntime),
        ],
        run: csharp::test,
    },
    Stage {
        name: "browser",
        title: "the dashboard in Chromium",
        needs: &[
            Need::WasmTarget,
            Need::NodePackages,
            Need::WasmBindgen,
            Need::Debian(Package::Chromium),
            Need::Debian(Package::Fonts),
        ],
        run: browser::test,
    },
];
