//! What a browser downloads for the first page, and for each that is fetched on demand, as shipped.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};

use crate::workspace::Workspace;
use crate::{build, setup, site};

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
    Ok(json!({ "first_page": first, "on_demand": on_demand }))
}

fn bytes(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file).with_context(|| format!("can't read {}", file.display()))?.len())
}
