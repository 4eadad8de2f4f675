//! What stands around a form that people come in by.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::frame::{
    logo::{Logo, Wordmark},
    theme::ThemeToggle,
};

/// A page of someone who has not signed in: what to do, and the form for it.
#[component]
pub(crate) fn Entrance(title: &'static str, text: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=title />
        <div class="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
            <div class="flex flex-col px-6 py-5 md:px-10">
                <header class="flex items-center justify-between">
                    <a href="/sign-in" class="rounded-control" aria-label="Realmkeep, sign in">
                        <Wordmark />
                    </a>
                    <ThemeToggle />
                </header>
                <main class="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
                    <h1 class="font-display text-3xl font-semibold">{title}</h1>
                    <p class="mt-1.5 mb-7 text-ink-muted">{text}</p>
                    {children()}
                </main>
            </div>
            <Scenery />
        </div>
    }
}

/// The way back to the sign-in.
#[component]
pub(crate) fn BackToSignIn() -> impl IntoView {
    view! {
        <p class="mt-7 text-sm">
            <a href="/sign-in" class="font-medium text-accent hover:underline">
                "Back to the sign-in"
            </a>
        </p>
    }
}

/// A quiet picture beside the form on a wide screen: the contour lines of a hill, and the keep on it. The lines are a
/// mask over the accent, so that they follow the theme.
#[component]
fn Scenery() -> impl IntoView {
    view! {
        <div class="relative hidden overflow-hidden border-l border-line bg-accent-soft text-accent lg:block" aria-hidden="true">
            <div class="contours absolute inset-0 bg-accent opacity-60"></div>
            <div class="absolute top-[45%] left-1/2 -translate-x-1/2 -translate-y-1/2">
                <Logo class="size-28" />
            </div>
        </div>
    }
}
