//! What a browser downloads for the first page, as shipped.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use crate::workspace::Workspace;
use crate::{build, setup, shell, site};

/// Node has brotli built in, so nothing has to be installed to measure it.
const BROTLI: &str = "const z=require('zlib'),f=require('fs').readFileSync(process.argv[1]);\
    process.stdout.write(String(z.brotliCompressSync(f,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}).length))";

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    setup::ensure(workspace, &setup::SITE)?;
    let plan = site::Plan {
        folder: workspace.target.join("site-to-measure"),
        profile: "wasm-release",
        optimised: true,
    };
    site::build(workspace, &plan, &mut |title, command| build::visibly(title, command))?;
    let mut figures = Map::new();
    for ending in ["wasm", "js", "css"] {
        let file = plan.folder.join(site::PACKAGE_FOLDER).join(format!("{}.{ending}", site::NAME));
        let raw = std::fs::metadata(&file).with_context(|| format!("can't read {}", file.display()))?.len();
        figures.insert(ending.to_owned(), json!({ "raw_bytes": raw, "brotli_bytes": brotli(&file)? }));
    }
    Ok(Value::Object(figures))
}

fn brotli(file: &Path) -> Result<u64> {
    let node = shell::find_program("node").context("node is gone again")?;
    shell::output_of(Command::new(node).args(["-e", BROTLI]).arg(file))?
        .parse()
        .context("node gave no number")
}
