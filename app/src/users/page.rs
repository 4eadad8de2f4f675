//! The Users page.

use api::{Permission, Role};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::query_signal;

use super::{list_users::list_users, user_list::UserList};
use crate::{
    components::{
        button::{Button, ButtonKind},
        choice::{Alternative, Choice},
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        search_field::SearchField,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) UsersRoute => UsersPage, in staff);

const ROLES: &[Alternative] = &[
    Alternative { value: "", label: "All roles" },
    Alternative { value: "owner", label: "Owner" },
    Alternative { value: "administrator", label: "Administrator" },
    Alternative { value: "operator", label: "Operator" },
    Alternative { value: "game_master", label: "Game master" },
    Alternative { value: "moderator", label: "Moderator" },
    Alternative { value: "designer", label: "Designer" },
    Alternative { value: "analyst", label: "Analyst" },
    Alternative { value: "player", label: "Player" },
    Alternative { value: "service", label: "Service" },
];
const STATES: &[Alternative] = &[
    Alternative { value: "", label: "All states" },
    Alternative { value: "enabled", label: "Enabled" },
    Alternative { value: "disabled", label: "Disabled" },
];

/// What is looked for among the accounts. It stands in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) search: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) disabled: Option<bool>,
}

impl Wanted {
    /// From what the address says; what it says wrongly is not looked for.
    fn read(search: Option<String>, role: Option<&str>, state: Option<&str>) -> Self {
        let disabled = match state {
            Some("enabled") => Some(false),
            Some("disabled") => Some(true),
            _ => None,
        };
        Self { search, role: role.and_then(|name| name.parse().ok()), disabled }
    }

    /// Whether anything is looked for.
    pub(super) fn is_narrow(&self) -> bool {
        *self != Self::default()
    }
}

/// The accounts that are looked for.
#[component]
fn UsersPage() -> impl IntoView {
    let may_create = use_viewer().may(Permission::ManageUsers);
    let (search, set_search) = query_signal::<String>("search");
    let (role, set_role) = query_signal::<String>("role");
    let (state, set_state) = query_signal::<String>("state");
    let wanted =
        Memo::new(move |_| Wanted::read(search.get(), role.read().as_deref(), state.read().as_deref()));
    let first = Resource::new(
        move || wanted.get(),
        |wanted| list_users(wanted.search, wanted.role, wanted.disabled, None),
    );
    let creates = RwSignal::new(false);
    view! {
        <PageHeader title="Users" text="Everybody with an account: players, staff and services, the newest first.">
            {may_create
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Primary on_click=move |_| creates.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Create an account"
                        </Button>
                    }
                })}
        </PageHeader>
        <div class="mb-4 flex flex-wrap items-end gap-3">
            <SearchField
                id="user-search"
                label="Name or e-mail"
                placeholder="a part of either"
                value=search
                set=set_search
            />
            <Choice id="user-role" label="Role" options=ROLES value=role set=set_role />
            <Choice id="user-state" label="State" options=STATES value=state set=set_state />
        </div>
        <Transition fallback=|| view! { <Skeleton class="h-96" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <UserList first=list wanted=wanted.get_untracked() creates /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_looked_for() {
        // The first alternative is "All roles".
        let offered: Vec<&str> = ROLES.iter().skip(1).map(|role| role.value).collect();
        let labels: Vec<&str> = ROLES.iter().skip(1).map(|role| role.label).collect();
        assert_eq!(offered, Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>());
        assert_eq!(labels, Role::ALL.iter().map(|role| role.label()).collect::<Vec<_>>());
    }

    #[test]
    fn what_the_address_says_wrongly_is_not_looked_for() {
        assert!(!Wanted::read(None, Some("emperor"), Some("asleep")).is_narrow());
        let wanted = Wanted::read(None, Some("player"), Some("disabled"));
        assert_eq!((wanted.role, wanted.disabled), (Some(Role::Player), Some(true)));
    }
}
