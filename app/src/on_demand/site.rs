//! Which build of the site the page is from. Modules of two builds don't fit together, so none may be fetched of another.

use std::cell::RefCell;

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// What every build of the site changes: the first page's module.
const MODULE: &str = "/pkg/realmkeep.wasm";
/// For so many milliseconds from its start a page is taken to be of the server's site.
const FRESH_MS: f64 = 10_000.0;

thread_local! {
    static OURS: RefCell<Option<String>> = RefCell::default();
}

/// Notes the `ETag` that the page's own module came with.
pub fn remember_site(tag: Option<String>) {
    OURS.set(tag);
}

/// Whether the server still has the site that the page is from. If it can't be asked, fetching will tell.
pub(super) async fn is_still_ours() -> bool {
    let is_fresh = window().performance().is_some_and(|clock| clock.now() < FRESH_MS);
    let Some(ours) = OURS.with_borrow(Clone::clone) else { return true };
    is_fresh || server_tag().await.is_none_or(|tag| tag == ours)
}

async fn server_tag() -> Option<String> {
    let request = RequestInit::new();
    request.set_method("HEAD");
    request.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(MODULE, &request)).await.ok()?;
    answer.dyn_into::<Response>().ok()?.headers().get("etag").ok()?
}
