//! The sign-in page. It works without script, too.

use api::ProblemKind;
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::sign_in::SignIn;
use crate::{
    Failure,
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        notice::Notice,
    },
    frame::{
        logo::{Logo, Wordmark},
        theme::ThemeToggle,
    },
};

/// Asks for e-mail and password.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let query = use_query_map();
    let next = move || query.read().get("next").unwrap_or_default();
    let refusal = move || action.value().get().and_then(Result::err);
    view! {
        <Title text="Sign in" />
        <div class="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
            <div class="flex flex-col px-6 py-5 md:px-10">
                <header class="flex items-center justify-between">
                    <Wordmark />
                    <ThemeToggle />
                </header>
                <main class="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
                    <h1 class="font-display text-3xl font-semibold">"Sign in"</h1>
                    <p class="mt-1.5 mb-7 text-ink-muted">"Watch over your realm: players, terrain, jobs and health."</p>
                    <ActionForm action>
                        <div class="flex flex-col gap-5">
                            {move || refusal().map(|failure| view! { <Refusal failure /> })}
                            <input type="hidden" name="next" value=next />
                            <TextField
                                id="email"
                                label="E-mail"
                                name="email"
                                entry=Entry {
                                    kind: Some("email"),
                                    autocomplete: Some("username"),
                                    required: true,
                                    max_length: Some(254),
                                    ..Entry::default()
                                }
                            />
                            <TextField
                                id="password"
                                label="Password"
                                name="password"
                                entry=Entry {
                                    kind: Some("password"),
                                    autocomplete: Some("current-password"),
                                    required: true,
                                    max_length: Some(128),
                                    ..Entry::default()
                                }
                            />
                            <Button kind=ButtonKind::Primary submits=true busy=action.pending()>
                                {move || if action.pending().get() { "Signing in…" } else { "Sign in" }}
                            </Button>
                        </div>
                    </ActionForm>
                    <p class="mt-7 text-sm text-ink-muted">
                        "The first owner’s login was printed once, when the server first started."
                    </p>
                </main>
            </div>
            <Scenery />
        </div>
    }
}

/// What to do about a refused sign-in. The words are the page's own, chosen by kind: without script the problem comes
/// back in the address, where anyone could have written it.
#[component]
fn Refusal(failure: Failure) -> impl IntoView {
    let (title, text) = match failure.kind() {
        ProblemKind::WrongCredentials | ProblemKind::Unauthenticated => {
            ("E-mail or password is wrong", "Check both for typing errors, and whether Caps Lock is on.")
        }
        ProblemKind::RateLimited => ("Too many tries", "Wait a minute, then try again."),
        ProblemKind::InvalidRequest => ("Something is missing", "Fill in both e-mail and password."),
        ProblemKind::Forbidden => {
            ("This account can’t sign in here", "Ask the owner of this installation for access.")
        }
        _ => (
            "The server can’t sign you in just now",
            "Try again in a moment. If it lasts, look at the server’s log.",
        ),
    };
    view! {
        <Notice tone=Tone::Bad title>
            {text}
        </Notice>
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
