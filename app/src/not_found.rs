//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::frame::logo::Logo;

/// Says that there is no such page, and leads back. The server answers it with status 404.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Page not found" />
        <main class="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-4 px-6">
            <Logo class="size-10 text-accent" />
            <p class="figure text-sm font-medium text-ink-muted">"404"</p>
            <h1 class="font-display text-3xl font-semibold">"This road ends here"</h1>
            <p class="text-lg text-ink-muted">
                "There is no page at this address. It may have moved, or the link may be mistyped."
            </p>
            <p>
                <a href="/" class="font-medium text-accent underline underline-offset-4 hover:text-accent-strong">
                    "Back to the overview"
                </a>
            </p>
        </main>
    }
}
