//! Packs the JSON of `content/` into the crate, without the white space that only people need.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=content");
    println!("cargo::rerun-if-changed=build.rs");
    let content =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo tells the crate's folder")).join("content");
    let mut files = Vec::new();
    for kind in sorted(&content)? {
        let folder = content.join(&kind);
        if folder.is_dir() {
            for name in sorted(&folder)? {
                if name.ends_with(".json") {
                    let text = fs::read_to_string(folder.join(&name))?;
                    files.push((kind.clone(), format!("{kind}/{name}"), dense(&text)));
                }
            }
        }
    }
    let mut code = format!("static FILES: [(&str, &str, &str); {}] = [\n", files.len());
    for (kind, path, text) in files {
        writeln!(code, "({kind:?}, {path:?}, {text:?}),").expect("writing to a string can't fail");
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo tells where to write");
    fs::write(Path::new(&out).join("content.rs"), code)
}

/// The names in a folder, in order.
fn sorted(folder: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// JSON without white space outside of strings.
fn dense(json: &str) -> String {
    let mut dense = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in json.chars() {
        if in_string || !character.is_whitespace() {
            dense.push(character);
        }
        match character {
            '"' if !escaped => in_string = !in_string,
            '\\' if in_string && !escaped => {
                escaped = true;
                continue;
            }
            _ => {}
        }
        escaped = false;
    }
    dense
}
