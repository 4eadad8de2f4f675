//! The committed C# types, golden vectors and document are those that the declarations give.

use std::{fs, path::Path};

#[test]
fn generated_files_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let stale: Vec<_> = protocol::codegen::files()
        .into_iter()
        .filter(|(path, contents)| fs::read_to_string(root.join(path)).ok().as_ref() != Some(contents))
        .map(|(path, _)| path)
        .collect();
    assert!(stale.is_empty(), "run `cargo xtask codegen`: {stale:?} differ from the declarations");
}
