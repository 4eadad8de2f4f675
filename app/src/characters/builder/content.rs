//! The rules' content that the builder works with: fetched once, kept as long as the tab lives.

use std::cell::Cell;

use leptos::prelude::window;
use rules::content::Library;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

const ADDRESS: &str = "/api/v1/rules/newcomers";

thread_local! {
    static LIBRARY: Cell<Option<&'static Library>> = const { Cell::new(None) };
}

/// The content, or why it can't be had, in a sentence.
pub(super) async fn library() -> Result<&'static Library, String> {
    if let Some(library) = LIBRARY.get() {
        return Ok(library);
    }
    let text =
        fetch().await.map_err(|_| "The server can’t be reached, or the connection broke.".to_owned())??;
    let library = Library::of_newcomers(&text)
        .map_err(|_| "The rules came in another version than this page. Load the page again.".to_owned())?;
    // It is referred to from all over the page, and there is one a tab.
    let library: &'static Library = Box::leak(Box::new(library));
    LIBRARY.set(Some(library));
    Ok(library)
}

async fn fetch() -> Result<Result<String, String>, JsValue> {
    let answer: Response = JsFuture::from(window().fetch_with_str(ADDRESS)).await?.dyn_into()?;
    if !answer.ok() {
        return Ok(Err(format!("The server refused the rules’ content ({}).", answer.status())));
    }
    let text = JsFuture::from(answer.text()?).await?;
    Ok(text.as_string().ok_or_else(|| "The rules’ content is no text.".to_owned()))
}
