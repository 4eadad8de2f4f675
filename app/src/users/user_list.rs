//! The accounts as a table, with a way to choose several and do something about all of them.

use std::collections::BTreeSet;

use api::{List, Permission, user::UserView};
use leptos::prelude::*;

use super::{
    bulk_bar::BulkBar, create_dialog::CreateDialog, list_users::list_users, page::Wanted, user_row::UserRow,
};
use crate::{
    components::{
        empty_state::EmptyState,
        icon::Glyph,
        paged::{Paged, ShowOlder},
        table::DataTable,
    },
    session::viewer::use_viewer,
};

const COLUMNS: &[&str] = &["", "Account", "Role", "State", "Last sign-in", "Made"];
const COLUMNS_TO_SEE: &[&str] = &["Account", "Role", "State", "Last sign-in", "Made"];

/// The first page of accounts, and more of them on request.
#[component]
pub(super) fn UserList(first: List<UserView>, wanted: Wanted, creates: RwSignal<bool>) -> impl IntoView {
    let viewer = use_viewer();
    let may_change = viewer.may(Permission::ManageUsers) || viewer.may(Permission::ManageRoles);
    let me = viewer.account.id;
    let list = Paged::new(RwSignal::new(first));
    let users = Memo::new(move |_| list.all(|user| user.id));
    let chosen = RwSignal::new(BTreeSet::new());
    let is_empty = Memo::new(move |_| users.read().is_empty());
    let is_narrow = wanted.is_narrow();
    let wanted = StoredValue::new(wanted);
    let ask = move |cursor: String| {
        let Wanted { search, role, disabled } = wanted.get_value();
        list_users(search, role, disabled, Some(cursor))
    };
    let columns = if may_change { COLUMNS } else { COLUMNS_TO_SEE };
    view! {
        {may_change.then(|| view! { <BulkBar list users chosen me /> })}
        <section class="overflow-hidden rounded-card border border-line bg-surface shadow-low" aria-label="Accounts">
            <Show when=move || !is_empty.get() fallback=move || view! { <Nobody is_narrow /> }>
                <DataTable caption="Accounts" columns>
                    <For
                        each=move || users.get()
                        key=|user| (user.id, user.role, user.disabled_at.is_some())
                        let:user
                    >
                        <UserRow user chosen=may_change.then_some(chosen) me />
                    </For>
                </DataTable>
            </Show>
        </section>
        <ShowOlder list label="Show more accounts" ask />
        {viewer.may(Permission::ManageUsers).then(|| view! { <CreateDialog open=creates list /> })}
    }
}

#[component]
fn Nobody(is_narrow: bool) -> impl IntoView {
    if is_narrow {
        view! {
            <EmptyState glyph=Glyph::Users title="Nobody like that" text="No account fits what you look for. Take a filter away." />
        }
    } else {
        view! {
            <EmptyState glyph=Glyph::Users title="Nobody yet" text="Accounts appear here when people register, or when you create them." />
        }
    }
}
