//! What a browser needs to make a new character.

use std::sync::OnceLock;

use api::right;
use rules::content::srd;

use crate::{Allowed, Error};

/// A part of the rules' content as a document.
#[derive(Debug)]
pub struct Document {
    /// Its JSON.
    pub json: String,
    /// Hash of that, in hexadecimal.
    pub hash: String,
}

/// The content that making a new character needs. It is the same for as long as the program runs.
///
/// # Errors
/// Content that can't be written, which its tests rule out.
pub fn newcomers(_: &Allowed<right::ViewRules>) -> Result<&'static Document, Error> {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    if let Some(document) = DOCUMENT.get() {
        return Ok(document);
    }
    let json = srd()
        .for_newcomers()
        .map_err(|error| Error::Internal(format!("the content can't be written: {error}")))?;
    let hash = blake3::hash(json.as_bytes()).to_hex().to_string();
    Ok(DOCUMENT.get_or_init(|| Document { json, hash }))
}
