//! `cargo xtask tidy`: the house rules that a compiler does not know, one rule a file.

mod file_length;
mod import_edges;
mod leftovers;
mod links;
mod module_docs;
mod names;
mod outside_crates;
mod pure_crates;
mod reachable;
mod registry_addresses;
mod tree;

use std::process::ExitCode;

use anyhow::Result;

use self::tree::Tree;
use crate::screen;
use crate::workspace::Workspace;

/// A place that breaks a rule, as one line: `path:line: what is wrong`.
pub(crate) type Breach = String;

/// A rule: what it asks for, and how to find what breaks it.
pub(crate) struct Rule {
    /// What must hold.
    pub(crate) title: &'static str,
    check: fn(&Tree) -> Result<Vec<Breach>>,
}

static RULES: &[Rule] = &[
    Rule { title: "every Rust file says what it is for", check: module_docs::check },
    Rule { title: "names say what a thing is, not of which kind", check: names::check },
    Rule { title: "crates import what docs/ARCHITECTURE.md allows", check: import_edges::check },
    Rule { title: "flecs, SeaORM and Leptos stay in their rooms", check: outside_crates::check },
    Rule { title: "pure crates know no clock, thread, server or database", check: pure_crates::check },
    Rule { title: "every file is reached by something", check: reachable::check },
    Rule { title: "documents lead to files that exist", check: links::check },
    Rule { title: "lock files name no registry", check: registry_addresses::check },
    Rule { title: "files are short enough to read", check: file_length::check },
    Rule { title: "nothing unfinished lies around", check: leftovers::check },
];

/// Runs `cargo xtask tidy`.
///
/// # Errors
/// When the tree can't be read.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    let mut broken = 0;
    for (rule, breaches) in check(workspace)? {
        if breaches.is_empty() {
            continue;
        }
        broken += 1;
        screen::line(rule.title);
        for breach in breaches {
            screen::line(&format!("  {breach}"));
        }
    }
    if broken > 0 {
        return Ok(ExitCode::FAILURE);
    }
    screen::line(&format!("{} rules hold", RULES.len()));
    Ok(ExitCode::SUCCESS)
}

/// Each rule with what breaks it.
///
/// # Errors
/// When the tree can't be read.
pub(crate) fn check(workspace: &Workspace) -> Result<Vec<(&'static Rule, Vec<Breach>)>> {
    let tree = Tree::read(&workspace.root)?;
    RULES.iter().map(|rule| Ok((rule, (rule.check)(&tree)?))).collect()
}
