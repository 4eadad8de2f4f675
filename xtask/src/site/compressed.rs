//! Brotli and gzip beside each file of a site that ships: the server sends what the browser takes. Over plain HTTP,
//! browsers take no brotli.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::stamp::{Inputs, Stamp, collect_files};
use super::{Plan, Runner};
use crate::shell;

/// Endings of what shrinks; fonts are compressed already.
const ENDINGS: [&str; 4] = ["css", "js", "svg", "wasm"];

/// Endings of the compressed forms.
const FORMS: [&str; 2] = ["br", "gz"];

/// Node has both built in, so nothing has to be installed.
const COMPRESS: &str = "const z=require('zlib'),fs=require('fs');for(const f of process.argv.slice(1)){\
    const b=fs.readFileSync(f);fs.writeFileSync(f+'.gz',z.gzipSync(b,{level:9}));\
    fs.writeFileSync(f+'.br',z.brotliCompressSync(b,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}))}";

/// Writes `<file>.br` and `<file>.gz` for each file that shrinks, if the site ships.
pub(super) fn write(plan: &Plan, run: &mut Runner<'_>) -> Result<()> {
    if !plan.optimised {
        return remove(&plan.folder);
    }
    let mut files = Vec::new();
    collect_files(&plan.folder, &mut files)?;
    files.retain(|file| has_ending(file, &ENDINGS));
    files.sort();
    let mut inputs = Inputs::default();
    for file in &files {
        inputs = inputs.file(file)?;
    }
    let compressed = files.iter().flat_map(|file| FORMS.map(|form| beside(file, form))).collect();
    let stamp = Stamp::new(&plan.folder, "compressed", &inputs, compressed);
    if stamp.is_current() {
        return Ok(());
    }
    let node = shell::find_program("node").context("node is gone again")?;
    run("the site's compressed files", Command::new(node).args(["-e", COMPRESS]).args(&files))?;
    stamp.write()
}

/// Removes what a release left in a site that others build into now: it would be sent instead of newer files.
///
/// # Errors
/// When a file can't be removed.
pub(crate) fn remove(site: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect_files(site, &mut files)?;
    files.iter().filter(|file| has_ending(file, &FORMS)).try_for_each(|file| {
        std::fs::remove_file(file).with_context(|| format!("can't remove {}", file.display()))
    })
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    file.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

fn beside(file: &Path, form: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(form);
    name.into()
}
