//! The sign-in page. It works without script, too.

use api::ProblemKind;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::{hooks::use_location, location::Url};

use super::{
    code_step::{CodeStep, reach_for},
    entrance::Entrance,
    sign_in::SignIn,
};
use crate::{
    Failure,
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        field::{Entry, TextField},
        notice::Notice,
    },
};

/// Asks for e-mail and password, and in a second step for the code of those who have a second factor.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let search = use_location().search;
    let next = move || wanted(&search.read()).unwrap_or_default();
    let refusal = move || action.value().get().and_then(Result::err);
    let is_asked = move || refusal().is_some_and(|failure| failure.kind() == ProblemKind::CodeRequired);
    // Only a form that was sent by script keeps e-mail and password, so that the second step can do without them.
    let second_step = RwSignal::new(false);
    Effect::new(move |_| {
        if is_asked() && action.version().get_untracked() > 0 {
            second_step.set(true);
            reach_for("code");
        }
    });
    let back = Callback::new(move |()| {
        second_step.set(false);
        action.clear();
        reach_for("password");
    });
    let verb = move || if second_step.get() { "Confirm" } else { "Sign in" };
    view! {
        <Entrance title="Sign in" text="Watch over your realm: players, terrain, jobs and health.">
            <ActionForm action>
                <div class="flex flex-col gap-5">
                    {move || refusal().map(|failure| view! { <Refusal failure second_step=second_step.get() /> })}
                    <input type="hidden" name="next" value=next />
                    <div class="flex flex-col gap-5" hidden=move || second_step.get()>
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
                    </div>
                    <Show when=move || second_step.get() || is_asked()>
                        <CodeStep second_step back />
                    </Show>
                    <Button kind=ButtonKind::Primary submits=true busy=action.pending()>
                        {move || if action.pending().get() { "Signing in…" } else { verb() }}
                    </Button>
                </div>
            </ActionForm>
            <p class="mt-5 text-sm" class:hidden=second_step>
                <a href="/forgot-password" class="font-medium text-accent hover:underline">
                    "Forgot your password?"
                </a>
            </p>
            <p class="mt-5 text-sm text-ink-muted" class:hidden=second_step>
                "The first owner’s login was printed once, when the server first started."
            </p>
        </Entrance>
    }
}

/// The page that `next` asks for, decoded once. The router's own map decodes twice: of an address within an address, it would
/// take the inner one apart as well.
fn wanted(search: &str) -> Option<String> {
    let next = search.split('&').find_map(|pair| pair.strip_prefix("next="))?;
    Some(Url::unescape(&next.replace('+', " ")))
}

/// What to do about a refused sign-in. The words are the page's own, chosen by kind: without script the problem comes
/// back in the address, where anyone could have written it.
#[component]
fn Refusal(failure: Failure, second_step: bool) -> impl IntoView {
    let mut tone = Tone::Bad;
    let (title, text) = match failure.kind() {
        ProblemKind::WrongCredentials if second_step => {
            ("The code is wrong, or was used before", "Each code works once. Wait for the next one.")
        }
        ProblemKind::WrongCredentials | ProblemKind::Unauthenticated => {
            ("E-mail or password is wrong", "Check both for typing errors, and whether Caps Lock is on.")
        }
        ProblemKind::CodeRequired => {
            tone = Tone::Info;
            ("One more step", "This account has a second factor: type its code.")
        }
        ProblemKind::Banned => ("This account is banned", "Its staff can tell until when, and why."),
        ProblemKind::RateLimited => ("Too many tries", "Wait a minute, then try again."),
        ProblemKind::InvalidRequest if second_step => {
            ("This is no code", "An authenticator shows six digits. Recovery codes are three groups of four.")
        }
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
        <Notice tone title>
            {text}
        </Notice>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::wanted;

    #[test]
    fn an_address_within_the_address_is_decoded_once() {
        let search = "__err=x&next=%2Froller%3Froll%3D1d20%2520%252B%25205%26against%3D15";
        assert_eq!(wanted(search).as_deref(), Some("/roller?roll=1d20%20%2B%205&against=15"));
        assert_eq!(wanted("next=%2Fusers%3Fsearch%3DZoe+of").as_deref(), Some("/users?search=Zoe of"));
        assert_eq!(wanted("back=1"), None);
    }
}
