//! The HTML document around the app: head, theme and the script that wakes the page.

use leptos::{hydration::AutoReload, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    App,
    frame::theme::Theme,
    too_old::{TOO_OLD, tell_the_too_old},
};

/// Holds what is pressed and entered before the page is awake.
const HOLD: &str = include_str!("held.js");

/// The document that every page is rendered into.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let nonce = use_nonce();
    let base = format!("/{}/{}", options.site_pkg_dir, options.output_name);
    let (script, wasm) = (format!("{base}.js"), format!("{base}.wasm"));
    // Written here instead of by `HydrationScripts`, which picks the WASM's name by a variable of the build: this page
    // and the worker load the same file, however the site was built.
    let wake = format!(
        "import init, {{ hydrate }} from '{script}'; if (!window.{TOO_OLD}) {{ const module = await fetch('{wasm}'); \
         await init({{ module_or_path: module }}); await hydrate(module.headers.get('etag') ?? undefined); \
         dispatchEvent(new Event('realmkeep:awake')); }}"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=Theme::of_request().attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content="Realmkeep: watch and steer your realm." />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/inter.woff2" r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="preload" href="/fonts/alegreya.woff2" r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="modulepreload" href=script nonce=nonce.clone() />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                <link rel="stylesheet" href=format!("{base}.css") />
                <AutoReload options />
                <script nonce=nonce.clone()>{tell_the_too_old()}</script>
                <script nonce=nonce.clone()>{HOLD}</script>
                <script type="module" nonce=nonce>
                    {wake}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
