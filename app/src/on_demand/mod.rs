//! Pages that the browser fetches when they are first opened, so that the first one stays light however many there are.
//!
//! With the feature `split`, the pages of an area become a WASM module, with whatever only they use; the builds that ship
//! are split. Without it, as under `cargo leptos watch`, the same code lies in the page's one module. The server has no
//! use for the feature and renders both alike.

mod declare;
#[cfg(feature = "split")]
mod fetched;
#[cfg(feature = "split")]
mod site;

pub(crate) use declare::on_demand;
#[cfg(feature = "split")]
pub(crate) use fetched::{fetch, fetched};
#[cfg(feature = "split")]
pub use site::remember_site;
