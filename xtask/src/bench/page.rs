//! What a browser downloads for the first page, and for each that is fetched on demand, as shipped; and what the rules add to
//! the page that runs them.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};

use super::results;
use crate::workspace::Workspace;
use crate::{build, setup, shell, site};

/// The area of the page that runs the rules, as it is declared.
const RULES_PAGE: &str = "builder";
/// Most bytes that it may add, compressed: the modules that no other area fetches, and the content.
const RULES_BYTES_MAX: u64 = 250_000;
/// Words of the rules, from a refusal of theirs, that are in a module which has them.
const RULES_WORDS: &str = "is not an id: lower-case letters";

/// Brotli as the server has it for answers that are not kept compressed.
const BROTLI: &str = "const z=require('zlib'),fs=require('fs');console.log(z.brotliCompressSync(\
    fs.readFileSync(process.argv[1]),{params:{[z.constants.BROTLI_PARAM_QUALITY]:4}}).length)";

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    setup::ensure(workspace, &setup::SITE)?;
    let plan = site::Plan {
        folder: workspace.target.join("site-to-measure"),
        profile: "wasm-release",
        optimised: true,
    };
    site::build(workspace, &plan, &mut |title, command| build::visibly(title, command))?;
    let packages = plan.folder.join(site::PACKAGE_FOLDER);
    let (mut first, mut on_demand) = (Map::new(), Map::new());
    for entry in std::fs::read_dir(&packages).with_context(|| format!("can't read {}", packages.display()))? {
        let file = entry.with_context(|| format!("can't read {}", packages.display()))?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.extension().is_none_or(|ending| !["wasm", "js", "css"].iter().any(|served| ending == *served))
        {
            continue;
        }
        let compressed = packages.join(format!("{name}.br"));
        let size = json!({ "raw_bytes": bytes(&file)?, "brotli_bytes": bytes(&compressed)? });
        // The loader is fetched with the first page, what it loads is not.
        let comes_first = name.starts_with(site::NAME) || name.ends_with(".js");
        if comes_first { &mut first } else { &mut on_demand }.insert(name, size);
    }
    let rules = rules(workspace, &packages)?;
    Ok(json!({ "first_page": first, "on_demand": on_demand, "rules": rules }))
}

/// What the rules add to their page at most: all modules that only this page fetches, its own views among them, and the content.
fn rules(workspace: &Workspace, packages: &Path) -> Result<Value> {
    let first = packages.join(format!("{}.wasm", site::NAME));
    ensure!(!has_rules(&first)?, "the first page's module has the rules in it");
    let manifest = packages.join(site::MANIFEST);
    let text =
        std::fs::read_to_string(&manifest).with_context(|| format!("can't read {}", manifest.display()))?;
    let modules: HashMap<String, Vec<String>> = serde_json::from_str(&text)?;
    let Some(own) = modules.get(RULES_PAGE) else { bail!("no area is declared as {RULES_PAGE}") };
    let mut code = 0;
    let mut runs_rules = false;
    let others = || modules.iter().filter(|(area, _)| *area != RULES_PAGE);
    for name in own.iter().filter(|name| !others().any(|(_, fetched)| fetched.contains(name))) {
        runs_rules |= has_rules(&packages.join(format!("{name}.wasm")))?;
        code += bytes(&packages.join(format!("{name}.wasm.br")))?;
    }
    ensure!(runs_rules, "the rules are in no module of {RULES_PAGE}");
    let file = results(workspace)?.join("newcomers.json");
    let mut example = shell::cargo(&workspace.root);
    shell::stream(
        example.args(["run", "--quiet", "--package", "rules", "--example", "newcomers", "--"]).arg(&file),
    )?;
    let node = shell::find_program("node").context("node is gone again")?;
    let content: u64 =
        shell::output_of(Command::new(node).args(["-e", BROTLI]).arg(&file))?.trim().parse()?;
    Ok(json!({
        "page": RULES_PAGE,
        "modules_brotli_bytes": code,
        "content_brotli_bytes": content,
        "bytes_max": RULES_BYTES_MAX,
        "is_within": code + content <= RULES_BYTES_MAX,
    }))
}

fn has_rules(module: &Path) -> Result<bool> {
    let code = std::fs::read(module).with_context(|| format!("can't read {}", module.display()))?;
    Ok(code.windows(RULES_WORDS.len()).any(|part| part == RULES_WORDS.as_bytes()))
}

fn bytes(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file).with_context(|| format!("can't read {}", file.display()))?.len())
}
