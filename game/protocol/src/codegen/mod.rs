//! Writes what other languages need from the declarations: C# types, golden vectors and the protocol's document.
//!
//! The outputs are committed. `cargo xtask codegen` writes them, and a test fails while they differ from what this
//! module gives.

mod annotate;
mod csharp;
mod document;
mod examples;
mod golden;

/// One generated file: its path from the repository's root, with forward slashes, and its whole content.
pub type GeneratedFile = (&'static str, String);

/// Every file that is generated from the declarations.
#[must_use]
pub fn files() -> Vec<GeneratedFile> {
    [csharp::files(), golden::files(), vec![document::file()]].concat()
}

/// `screaming_SNAKE` or `snake_case` to `PascalCase`.
fn pascal_case(snake: &str) -> String {
    let mut pascal = String::new();
    for word in snake.split('_') {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        pascal.extend(letters.map(|letter| letter.to_ascii_lowercase()));
    }
    pascal
}

/// The documentation as one line: doc comments bring a blank before each of their lines.
fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
