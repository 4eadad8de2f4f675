//! The content that comes with the crate: the System Reference Document's, as data of our own.

use std::{borrow::Cow, sync::OnceLock};

use super::{Kind, Library, Pack, Source};

// `FILES`: kind, path and JSON of each file of `content/`, written by the build script.
include!(concat!(env!("OUT_DIR"), "/content.rs"));

impl Pack {
    /// The pack that comes with the crate.
    #[must_use]
    pub fn srd() -> Self {
        let sources = FILES.iter().filter_map(|(kind, path, text)| {
            let kind = Kind::from_word(kind)?;
            Some(Source { kind, path: Cow::Borrowed(path), text: Cow::Borrowed(text) })
        });
        Self { sources: sources.collect() }
    }
}

/// The library of the content that comes with the crate, read once.
///
/// # Panics
///
/// If that content is at fault, which the tests of this crate rule out.
pub fn srd() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| match Library::load(&[Pack::srd()]) {
        Ok(library) => library,
        Err(faults) => panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    })
}
