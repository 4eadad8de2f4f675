//! What can be done about all the accounts that are chosen.

use std::collections::BTreeSet;

use api::{AccountId, Permission, Role, user::UserView};
use leptos::prelude::*;

use super::{
    deed::{Deed, sum_up},
    reach::roles_in_reach,
};
use crate::{
    components::{
        button::{Button, ButtonKind},
        paged::Paged,
        reason_dialog::ReasonDialog,
        select_field::SelectField,
    },
    session::viewer::use_viewer,
};

/// How many are chosen, and what to do about them. It keeps its place while nobody is, so that the table does not jump.
#[component]
pub(super) fn BulkBar(
    list: Paged<UserView>,
    /// All of the list that has arrived.
    users: Memo<Vec<UserView>>,
    chosen: RwSignal<BTreeSet<AccountId>>,
    me: AccountId,
) -> impl IntoView {
    let viewer = use_viewer();
    let roles = roles_in_reach(&viewer);
    let role = RwSignal::new(roles.first().map(|(name, _)| name.clone()).unwrap_or_default());
    let (deed, open) = (RwSignal::new(Deed::default()), RwSignal::new(false));
    let count = Memo::new(move |_| chosen.read().len());
    let act = move |reason: String| {
        let (deed, role) = (deed.get_untracked(), role.read_untracked().parse::<Role>().ok());
        let named = users.with_untracked(|users| {
            let chosen = chosen.read_untracked();
            let named = users.iter().filter(|user| chosen.contains(&user.id));
            named.map(|user| (user.id, user.display_name.clone())).collect::<Vec<_>>()
        });
        async move {
            let (mut done, mut refused) = (0, Vec::new());
            for (id, name) in named {
                match deed.carry_out(id, role, reason.clone()).await {
                    Ok(changed) => {
                        done += 1;
                        let _ = chosen.try_update(|chosen| chosen.remove(&id));
                        list.change(|users| replace(users, changed.as_ref()));
                    }
                    Err(failure) => refused.push((name, failure)),
                }
            }
            sum_up(done, &refused)
        }
    };
    let all = move |_| {
        chosen.set(users.read_untracked().iter().map(|user| user.id).filter(|id| *id != me).collect());
    };
    let button = move |wanted: Deed| {
        view! {
            <Button
                disabled=Signal::derive(move || count.get() == 0)
                on_click=move |_| {
                    deed.set(wanted);
                    open.set(true);
                }
            >
                {wanted.verb()}
            </Button>
        }
    };
    let title = Signal::derive(move || match count.get() {
        1 => format!("{} for 1 account", deed.get().verb()),
        count => format!("{} for {count} accounts", deed.get().verb()),
    });
    let (may_manage, may_give) = (viewer.may(Permission::ManageUsers), viewer.may(Permission::ManageRoles));
    let roles = StoredValue::new(roles);
    view! {
        <section
            class="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-card border border-line bg-surface px-4 py-2.5 shadow-low"
            aria-label="Chosen accounts"
        >
            <p class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span class="figure font-medium" aria-live="polite">
                    {move || if count.get() == 0 { "Nobody chosen".to_owned() } else { format!("{} chosen", count.get()) }}
                </span>
                <Button kind=ButtonKind::Quiet on_click=all>"Choose all shown"</Button>
                <Show when=move || { count.get() > 0 }>
                    <Button kind=ButtonKind::Quiet on_click=move |_| chosen.set(BTreeSet::new())>"Choose nobody"</Button>
                </Show>
            </p>
            <div class="flex flex-wrap gap-2">
                {may_give.then(|| button(Deed::GiveRole))}
                {may_manage.then(|| [Deed::EndSignIns, Deed::Enable, Deed::Disable].map(button).collect_view())}
            </div>
        </section>
        <ReasonDialog
            id="bulk"
            title
            text=Signal::derive(move || deed.get().text().to_owned())
            yes=Signal::derive(move || deed.get().verb().to_owned())
            open
            act
        >
            <Show when=move || deed.get() == Deed::GiveRole>
                <SelectField id="bulk-role" label="Role" options=roles.get_value() value=role />
            </Show>
        </ReasonDialog>
    }
}

/// Puts the account as it is now in the place of what it was.
fn replace(users: &mut [UserView], changed: Option<&UserView>) {
    if let Some(changed) = changed
        && let Some(place) = users.iter_mut().find(|user| user.id == changed.id)
    {
        *place = changed.clone();
    }
}
