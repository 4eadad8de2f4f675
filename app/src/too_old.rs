//! What a browser is told that can't run the page: without WebAssembly's vectors nothing of it would ever wake.
//!
//! A script of its own, in words that old browsers know, since the page's module would fail them without a sign.

/// What the script leaves behind in `window` where the page must not be woken.
pub(crate) const TOO_OLD: &str = "realmkeepTooOld";

/// A module of one function that spreads a number over a vector and counts the bits of its lanes.
const WITH_VECTORS: [u8; 31] = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253,
    98, 11,
];

/// The looks of the message: above everything, wherever the page is scrolled to.
const LOOKS: &str = "fixed inset-x-4 top-4 z-50 mx-auto max-w-xl rounded-card bg-bad-soft px-4 py-3 text-base text-bad shadow-high";

/// Whom it concerns, and what to do.
const MESSAGE: &str = "This browser is too old for the dashboard, or has WebAssembly turned off. \
                       Chrome and Edge from version 96 on, Firefox from 90 on and Safari from 16.4 on can show it.";

/// The script. It does without what HTML writes otherwise.
pub(crate) fn tell_the_too_old() -> String {
    format!(
        "(function () {{ \
           var wasm = window.WebAssembly; \
           if (wasm ? wasm.validate(new Uint8Array({WITH_VECTORS:?})) : false) return; \
           window.{TOO_OLD} = true; \
           document.addEventListener('DOMContentLoaded', function () {{ \
             var told = document.createElement('p'); \
             told.setAttribute('role', 'alert'); \
             told.className = '{LOOKS}'; \
             told.textContent = '{MESSAGE}'; \
             document.body.appendChild(told); \
           }}); \
         }})();"
    )
}
