//! Tells the linker what wasm-split needs: where each piece of code refers to another.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_split = std::env::var_os("CARGO_FEATURE_SPLIT").is_some();
    let is_for_browsers = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if is_split && is_for_browsers {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
