//! The Unity package can be installed: Unity ignores files of a fetched package that have no `.meta` beside them.

use std::{collections::HashMap, fs, io, path::Path};

#[test]
fn every_asset_has_an_id_of_its_own() -> io::Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../unity/com.realmkeep.client");
    let mut owners = HashMap::new();
    let mut folders = vec![package];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.to_string_lossy().into_owned();
            // Unity leaves folders out whose name ends with a tilde.
            if name.ends_with(".meta") || name.ends_with('~') {
                continue;
            }
            let meta = fs::read_to_string(format!("{name}.meta")).unwrap_or_default();
            let id = meta.lines().find_map(|line| line.strip_prefix("guid: ")).unwrap_or_default().to_owned();
            assert!(id.len() == 32, "{name} needs a .meta with a guid of 32 hexadecimal digits");
            if let Some(other) = owners.insert(id, name.clone()) {
                panic!("{name} and {other} have the same guid");
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(())
}
