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

mod account;
mod api_keys;
mod audit;
mod characters;
mod compendium;
pub mod components;
mod coverage;
mod encounters;
mod events;
mod failure;
mod format;
mod frame;
mod health;
mod infrastructure;
mod jobs;
mod live;
mod map;
mod not_found;
mod on_demand;
mod overview;
mod pipelines;
mod roles;
mod roller;
mod session;
mod shell;
mod sign_ins;
pub mod studio;
mod too_old;
mod users;
pub mod world;

#[cfg(feature = "ssr")]
mod caller;

pub use failure::Failure;
#[cfg(feature = "split")]
pub use on_demand::remember_site;
#[cfg(feature = "ssr")]
pub use session::{LOOK_COOKIE, SESSION_COOKIE};
pub use shell::shell;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use account::page::AccountRoute;
use api_keys::page::ApiKeysRoute;
use audit::page::AuditRoute;
use characters::{builder::page::BuilderRoute, character_page::CharacterRoute, page::CharactersRoute};
use compendium::{page::CompendiumRoute, record_page::RecordRoute};
use components::toast::Toaster;
use coverage::page::CoverageRoute;
use encounters::page::EncountersRoute;
use events::page::EventsRoute;
use health::page::HealthRoute;
use infrastructure::page::InfrastructureRoute;
use jobs::page::JobsRoute;
use pipelines::page::PipelinesRoute;
use roles::page::RolesRoute;
use roller::page::RollerRoute;
use session::{forgot_page::ForgotRoute, reset_page::ResetRoute, verify_page::VerifyRoute};
use studio::page::StudioRoute;
use users::{page::UsersRoute, person_page::PersonRoute};
use world::page::WorldRoute;

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
                    <Route path=path!("/forgot-password") view={Lazy::<ForgotRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/reset-password") view={Lazy::<ResetRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/verify-email") view={Lazy::<VerifyRoute>::new()} ssr=SsrMode::Async />
                    <ParentRoute path=path!("") view=frame::Frame ssr=SsrMode::Async>
                        <Route path=path!("") view=overview::page::OverviewPage />
                        <Route path=path!("world") view={Lazy::<WorldRoute>::new()} />
                        <Route path=path!("studio") view={Lazy::<StudioRoute>::new()} />
                        <Route path=path!("jobs") view={Lazy::<JobsRoute>::new()} />
                        <Route path=path!("pipelines") view={Lazy::<PipelinesRoute>::new()} />
                        <Route path=path!("events") view={Lazy::<EventsRoute>::new()} />
                        <Route path=path!("health") view={Lazy::<HealthRoute>::new()} />
                        <Route path=path!("infrastructure") view={Lazy::<InfrastructureRoute>::new()} />
                        <Route path=path!("characters") view={Lazy::<CharactersRoute>::new()} />
                        <Route path=path!("characters/new") view={Lazy::<BuilderRoute>::new()} />
                        <Route path=path!("characters/:id") view={Lazy::<CharacterRoute>::new()} />
                        <Route path=path!("compendium") view={Lazy::<CompendiumRoute>::new()} />
                        <Route path=path!("compendium/:kind/:id") view={Lazy::<RecordRoute>::new()} />
                        <Route path=path!("account") view={Lazy::<AccountRoute>::new()} />
                        <Route path=path!("users") view={Lazy::<UsersRoute>::new()} />
                        <Route path=path!("users/:id") view={Lazy::<PersonRoute>::new()} />
                        <Route path=path!("roles") view={Lazy::<RolesRoute>::new()} />
                        <Route path=path!("audit") view={Lazy::<AuditRoute>::new()} />
                        <Route path=path!("api-keys") view={Lazy::<ApiKeysRoute>::new()} />
                        <Route path=path!("coverage") view={Lazy::<CoverageRoute>::new()} />
                        <Route path=path!("encounters") view={Lazy::<EncountersRoute>::new()} />
                        <Route path=path!("roller") view={Lazy::<RollerRoute>::new()} />
                    </ParentRoute>
                </Routes>
            </Router>
        </Toaster>
    }
}
