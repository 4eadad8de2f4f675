//! What stands around every page of someone who is signed in: header, navigation, and the live link.

mod account_menu;
mod live_badge;
pub(crate) mod logo;
mod look_banner;
mod nav;
pub(crate) mod theme;

use api::Permission;
use leptos::{either::EitherOf3, prelude::*};
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_location,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    components::{
        badge::Tone,
        notice::{FailureNotice, Notice},
        time::Clock,
    },
    live::feed::LiveFeed,
    session::{read_viewer::read_viewer, viewer::Viewer},
    world::read_world::read_world,
};

/// Lets those in who are signed in, and sends the others to sign in and back.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let viewer = Resource::new_blocking(|| (), |()| read_viewer());
    let location = use_location();
    let sign_in = move || {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let wanted =
            if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) };
        format!("/sign-in?next={}", encode_component(&wanted))
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match viewer.await {
                    Ok(Some(viewer)) => EitherOf3::A(view! { <SignedIn viewer /> }),
                    Ok(None) => EitherOf3::B(view! { <Redirect path=sign_in() /> }),
                    Err(failure) => EitherOf3::C(view! {
                        <main class="mx-auto max-w-md px-6 py-24">
                            <FailureNotice failure />
                        </main>
                    }),
                }
            })}
        </Suspense>
    }
}

/// Percent-encodes an address of this dashboard for a query value.
fn encode_component(address: &str) -> String {
    address
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[component]
fn SignedIn(viewer: Viewer) -> impl IntoView {
    Clock::provide(viewer.server_time);
    provide_context(viewer.clone());
    let observes = viewer.may(Permission::ObserveGame);
    let feed = LiveFeed::provide(observes);
    let account = &viewer.account;
    let look = account.impersonated_by.clone().map(|look| (look, account.display_name.clone()));
    view! {
        <SkipLink />
        <header class="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-surface px-4 sm:gap-3 md:px-5">
            <a href="/" class="rounded-control" aria-label="Realmkeep, overview">
                <logo::Wordmark name_class="max-sm:hidden" />
            </a>
            {viewer.may(Permission::ViewWorlds).then(|| view! { <WorldName /> })}
            <div class="flex-1"></div>
            {observes.then(|| view! { <live_badge::LiveBadge feed /> })}
            <theme::ThemeToggle />
            <account_menu::AccountMenu viewer=viewer.clone() />
        </header>
        <div class="flex min-h-[calc(100dvh-3.5rem)] flex-col md:flex-row">
            <nav::Nav viewer=viewer.clone() />
            <main id="content" tabindex="-1" class="min-w-0 flex-1 px-4 pt-5 pb-24 outline-none md:px-7 md:pt-6 md:pb-10">
                {look.map(|(look, name)| view! { <look_banner::LookBanner look name /> })}
                {viewer.account.must_set_up_second_factor.then(|| view! { <FirstSecondFactor /> })}
                <Outlet />
            </main>
        </div>
    }
}

/// Who has to set up a second factor first may do nothing else, and is told so on every page but the one for it.
#[component]
fn FirstSecondFactor() -> impl IntoView {
    let page = use_location().pathname;
    view! {
        <Show when=move || *page.read() != "/account">
            <div class="mb-4">
                <Notice tone=Tone::Warn title="Set up a second factor first">
                    "Everybody on the staff of this installation needs one. "
                    <a href="/account" class="font-medium text-accent underline">"Set it up on your account’s page"</a>
                    ", and the dashboard opens."
                </Notice>
            </div>
        </Show>
    }
}

/// The first stop of the Tab key leads past the navigation. The router would only scroll there: the focus is moved by hand.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = move |event: web_sys::MouseEvent| {
        let content = document()
            .get_element_by_id("content")
            .and_then(|content| content.dyn_into::<HtmlElement>().ok());
        if let Some(content) = content {
            event.prevent_default();
            // An element that takes no focus keeps it where it was.
            let _ = content.focus();
        }
    };
    view! {
        <a
            href="#content"
            class="sr-only z-50 rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
            on:click=skip
        >
            "Skip to the content"
        </a>
    }
}

/// The world that the installation runs, and the way to its map.
#[component]
fn WorldName() -> impl IntoView {
    let world = Resource::new(|| (), |()| read_world());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                world.await.ok().flatten().map(|world| {
                    view! {
                        <a
                            href="/world"
                            class="ml-1 flex h-6 min-w-0 items-center border-l border-line-strong pl-4 text-ink-muted hover:text-ink max-md:hidden"
                        >
                            <span class="truncate font-medium">{world.name}</span>
                        </a>
                    }
                })
            })}
        </Suspense>
    }
}
