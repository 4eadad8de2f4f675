//! Making a key: for which program, what it may do, and for how long.

use std::collections::BTreeSet;

use api::{
    AccountId, Permission, Problem, ProblemKind, Role,
    api_key::{ApiKeyView, NewApiKey},
};
use chrono::TimeDelta;
use leptos::{either::EitherOf3, prelude::*};

use super::create_key::create_key;
use crate::{
    Failure,
    components::{
        badge::Tone,
        button::ButtonKind,
        check_box::CheckBox,
        field::{Entry, TextField},
        notice::{FailureNotice, Notice},
        reason_dialog::ReasonDialog,
        select_field::SelectField,
        skeleton::Skeleton,
        time::use_clock,
    },
    session::viewer::use_viewer,
    users::list_users::list_users,
};

/// How long a key lasts: days, and their name. 0 is until it is revoked.
const TERMS: [(i64, &str); 4] =
    [(30, "30 days"), (90, "90 days"), (365, "1 year"), (0, "Until it is revoked")];

/// Shows while a key is to be made; the new one stands first in `keys`, and its secret in `made`.
#[component]
pub(super) fn CreateDialog(
    open: RwSignal<bool>,
    keys: RwSignal<Vec<ApiKeyView>>,
    made: RwSignal<Option<NewApiKey>>,
) -> impl IntoView {
    let clock = use_clock();
    let own = use_viewer().account.permissions;
    let offered: Vec<Permission> =
        Role::Service.permissions().iter().filter(|scope| own.contains(scope)).collect();
    let offered = StoredValue::new(offered);
    let (name, account) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let scopes = RwSignal::new(BTreeSet::<Permission>::new());
    let term = RwSignal::new("90".to_owned());
    let act = move |reason: String| {
        let owner = account.read_untracked().parse::<AccountId>().ok();
        let name_given = name.with_untracked(|name| name.trim().to_owned());
        let chosen: Vec<Permission> = scopes.with_untracked(|scopes| scopes.iter().copied().collect());
        let days = term.read_untracked().parse::<i64>().ok().filter(|days| *days > 0);
        let ends_at = days.map(|days| untrack(|| clock.now()) + TimeDelta::days(days));
        async move {
            let missing = |text: &str| Failure(Problem::new(ProblemKind::InvalidRequest, text));
            if name_given.is_empty() {
                return Err(missing("Give the key a name."));
            }
            let owner = owner.ok_or_else(|| missing("Choose the account of a service."))?;
            if chosen.is_empty() {
                return Err(missing("Choose at least one thing that the key may do."));
            }
            let new = create_key(owner, name_given, chosen, ends_at, reason).await?;
            let _ = keys.try_update(|keys| keys.insert(0, new.key.clone()));
            let _ = made.try_set(Some(new));
            Ok("The key is made".to_owned())
        }
    };
    Effect::new(move |_| {
        if !open.get() {
            name.set(String::new());
            scopes.set(BTreeSet::new());
        }
    });
    let terms = || TERMS.iter().map(|(days, label)| (days.to_string(), (*label).to_owned())).collect();
    view! {
        <ReasonDialog
            id="create-key"
            title="Create a key"
            text="Its secret is shown once, when it is made."
            yes="Create the key"
            kind=ButtonKind::Primary
            open
            act
        >
            <TextField
                id="key-name"
                label="Name"
                name="name"
                hint="What the program is called."
                entry=Entry { autocomplete: Some("off"), max_length: Some(40), ..Entry::default() }
                value=name
            />
            <Accounts account />
            <fieldset>
                <legend class="mb-2 text-sm font-medium">"It may"</legend>
                <div class="max-h-56 space-y-2.5 overflow-y-auto rounded-control border border-line px-3 py-2.5" tabindex="0">
                    {offered.get_value().into_iter().map(|scope| view! { <ScopeBox scope scopes /> }).collect_view()}
                </div>
            </fieldset>
            <SelectField id="key-term" label="It works for" options=terms() value=term />
        </ReasonDialog>
    }
}

#[component]
fn ScopeBox(scope: Permission, scopes: RwSignal<BTreeSet<Permission>>) -> impl IntoView {
    let changed = Callback::new(move |ticked: bool| {
        scopes.update(|scopes| {
            if ticked {
                scopes.insert(scope);
            } else {
                scopes.remove(&scope);
            }
        });
    });
    view! {
        <CheckBox
            label=scope.name()
            text=scope.description().to_owned()
            checked=Signal::derive(move || scopes.read().contains(&scope))
            changed
        />
    }
}

/// The accounts of services, asked for when the dialog opens.
#[component]
fn Accounts(account: RwSignal<String>) -> impl IntoView {
    let services = LocalResource::new(|| list_users(None, Some(Role::Service), Some(false), None));
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-16" /> }>
            {move || Suspend::new(async move {
                match services.await {
                    Ok(list) if list.items.is_empty() => {
                        EitherOf3::A(view! {
                            <Notice tone=Tone::Warn title="There is no service yet">
                                "A key belongs to an account of role service. "
                                <a href="/users?role=service" class="font-medium text-accent underline">"Create one"</a> "."
                            </Notice>
                        })
                    }
                    Ok(list) => {
                        let options: Vec<(String, String)> = list
                            .items
                            .into_iter()
                            .map(|user| (user.id.to_string(), format!("{} ({})", user.display_name, user.email)))
                            .collect();
                        if account.with_untracked(String::is_empty)
                            && let Some((first, _)) = options.first() {
                            account.set(first.clone());
                        }
                        EitherOf3::B(view! { <SelectField id="key-account" label="Account of the service" options value=account /> })
                    }
                    Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}
