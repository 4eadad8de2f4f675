//! Whom the audit is about: a name or an e-mail finds the account, since the log knows people by their ids.

use api::{AccountId, user::UserView};
use leptos::prelude::*;

use crate::{components::toast::use_toasts, session::viewer::use_viewer, users::list_users::list_users};

/// As many accounts as are offered to choose from; who finds more types more.
const OFFERED: usize = 8;

/// A labelled search for an account, bound to a part of the page's address.
#[component]
pub(super) fn WhoField(
    /// Unique on the page.
    id: &'static str,
    label: &'static str,
    /// What stands before an account's id in the address.
    prefix: &'static str,
    value: Memo<Option<String>>,
    set: SignalSetter<Option<String>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let may_look = use_viewer().may(api::Permission::ViewUsers);
    let offered = RwSignal::new(Vec::<UserView>::new());
    let choose = move |user: &UserView| {
        let _ = offered.try_set(Vec::new());
        set.set(Some(format!("{prefix}{}", user.id)));
    };
    let look = Action::new_local(move |text: &String| {
        let text = text.clone();
        async move {
            match list_users(Some(text.clone()), None, None, None).await {
                Ok(found) => match found.items.as_slice() {
                    // What is no person may be another subject.
                    [] if !prefix.is_empty() => set.set(Some(text)),
                    [] => toasts.warn(format!("Nobody has “{text}” in their name or e-mail")),
                    [only] => choose(only),
                    several => {
                        let _ = offered.try_set(several.iter().take(OFFERED).cloned().collect());
                    }
                },
                Err(failure) => toasts.warn(failure.to_string()),
            }
        }
    });
    let take = move |text: String| {
        offered.set(Vec::new());
        match meant(&text, prefix) {
            _ if value.get_untracked().unwrap_or_default() == text.trim() => {}
            Meant::Exactly(wanted) => set.set(wanted),
            Meant::SomebodyLike(text) if may_look => {
                look.dispatch_local(text);
            }
            Meant::SomebodyLike(text) => set.set(Some(text)),
        }
    };
    view! {
        <div class="relative flex min-w-48 grow flex-col gap-1.5 sm:max-w-72">
            <label for=id class="text-sm font-medium">
                {label}
            </label>
            <input
                id=id
                type="search"
                placeholder=if may_look { "a name, an e-mail or a UUID" } else { "an account’s UUID" }
                maxlength="128"
                autocomplete="off"
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink placeholder:text-ink-faint"
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| take(event_target_value(&event))
            />
            <Show when=move || !offered.read().is_empty()>
                <ul
                    class="absolute inset-x-0 top-full z-20 mt-1 overflow-hidden rounded-control border border-line bg-raised shadow-high"
                    aria-label="Who is meant?"
                >
                    {move || {
                        offered
                            .get()
                            .into_iter()
                            .map(|user| {
                                view! {
                                    <li>
                                        <button
                                            type="button"
                                            class="block w-full px-3 py-2 text-left -outline-offset-2 hover:bg-hover"
                                            on:click={
                                                let user = user.clone();
                                                move |_| choose(&user)
                                            }
                                        >
                                            <bdi class="block truncate font-medium">{user.display_name.clone()}</bdi>
                                            <span class="block truncate text-xs text-ink-muted">{user.email.clone()}</span>
                                        </button>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </Show>
        </div>
    }
}

/// What a text in the field means.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    /// Exactly this; nothing, if nothing was written.
    Exactly(Option<String>),
    /// Accounts that have it in their name or e-mail.
    SomebodyLike(String),
}

fn meant(text: &str, prefix: &str) -> Meant {
    let text = text.trim();
    let is_id = |text: &str| text.parse::<AccountId>().is_ok();
    if text.is_empty() {
        Meant::Exactly(None)
    } else if is_id(text) {
        Meant::Exactly(Some(format!("{prefix}{text}")))
    } else if text.split_once(' ').is_some_and(|(_, id)| is_id(id)) {
        Meant::Exactly(Some(text.to_owned()))
    } else {
        Meant::SomebodyLike(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Meant, meant};

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    #[test]
    fn an_id_is_meant_as_it_stands_and_a_name_is_looked_for() {
        assert_eq!(meant(ID, "account "), Meant::Exactly(Some(format!("account {ID}"))));
        assert_eq!(meant(&format!("job {ID}"), "account "), Meant::Exactly(Some(format!("job {ID}"))));
        assert_eq!(meant(" Mira ", ""), Meant::SomebodyLike("Mira".to_owned()));
        assert_eq!(meant("  ", ""), Meant::Exactly(None));
    }
}
