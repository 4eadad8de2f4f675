//! Where the browser enters: the page, and the worker that grows terrain beside it. The code lives in `app`.
//!
//! Elsewhere than in a browser the crate is empty.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}

/// Serves terrain to the page from a worker's thread.
#[wasm_bindgen]
pub fn start_worker() {
    console_error_panic_hook::set_once();
    app::world::worker::start();
}
