//! Where the browser enters: the page, and the worker that grows terrain beside it. The code lives in `app`.
//!
//! Elsewhere than in a browser the crate is empty.

#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::wasm_bindgen;

// The page tells browsers without vectors that they are too old, and the others may have what they can.
#[cfg(not(target_feature = "simd128"))]
compile_error!(
    "the page is built with simd128, as .cargo/config.toml says: is RUSTFLAGS set, which takes its place?"
);

/// Takes over the page that the server rendered, and ends when every part of it is awake. `tag` is the `ETag` that this module
/// came with.
#[wasm_bindgen]
pub async fn hydrate(tag: Option<String>) {
    console_error_panic_hook::set_once();
    #[cfg(feature = "split")]
    app::remember_site(tag);
    #[cfg(not(feature = "split"))]
    drop(tag);
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), app::App).await.forget();
}

/// Serves terrain to the page from a worker's thread.
#[wasm_bindgen]
pub async fn start_worker() {
    console_error_panic_hook::set_once();
    app::world::worker::start().await;
}

/// Serves the studio's pictures, checks and explanations from a worker's thread.
#[wasm_bindgen]
pub async fn start_studio_worker() {
    console_error_panic_hook::set_once();
    app::studio::worker::start().await;
}
