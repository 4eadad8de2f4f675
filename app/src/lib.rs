//! The dashboard: pages, components and server functions, one folder an area.
//!
//! The same code renders on the server (feature `ssr`) and takes over in the browser (feature `hydrate`). A page asks
//! and shows; what may be done and what is valid is decided by the use cases of `domain`, which server functions call
//! one each. The terrain on the World page grows in the browser, from the same `worldgen` as on the server.

#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "the component macro declares its property structs `pub`, wherever they stand"
)]

pub mod components;
mod failure;
mod format;
mod frame;
mod health;
mod jobs;
mod live;
mod not_found;
mod overview;
mod session;
mod shell;
pub mod world;

#[cfg(feature = "ssr")]
mod caller;

pub use failure::Failure;
#[cfg(feature = "ssr")]
pub use session::SESSION_COOKIE;
pub use shell::shell;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use components::toast::Toaster;

/// The whole dashboard: its routes, and what lives across them.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| {
            if page.is_empty() { "Realmkeep".to_owned() } else { format!("{page} · Realmkeep") }
        } />
        <Toaster>
            <Router>
                <Routes fallback=not_found::NotFoundPage>
                    <Route path=path!("/sign-in") view=session::page::SignInPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("") view=frame::Frame ssr=SsrMode::Async>
                        <Route path=path!("") view=overview::page::OverviewPage />
                        <Route path=path!("world") view=world::page::WorldPage />
                        <Route path=path!("jobs") view=jobs::page::JobsPage />
                        <Route path=path!("health") view=health::page::HealthPage />
                    </ParentRoute>
                </Routes>
            </Router>
        </Toaster>
    }
}
