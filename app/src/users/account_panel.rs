//! What is known of an account, and changing its role and state.

use api::{Permission, Problem, ProblemKind, Role};
use leptos::prelude::*;

use super::{
    change_role::change_role, deed::Deed, disable_user::disable_user, enable_user::enable_user,
    look::LookButton, person_page::Subject, reach::roles_in_reach,
};
use crate::{
    Failure,
    components::{
        button::{Button, ButtonKind},
        facts::{Fact, Facts},
        identifier::Identifier,
        panel::Panel,
        reason_dialog::ReasonDialog,
        select_field::SelectField,
        time::Ago,
    },
    session::viewer::use_viewer,
};

/// Since when it is there, when it was last used, and its id.
#[component]
pub(super) fn AccountPanel(subject: Subject) -> impl IntoView {
    let (made, last) = subject.user.with_untracked(|user| (user.created_at, user.last_login_at));
    let disabled_at = Memo::new(move |_| subject.user.read().disabled_at);
    view! {
        <Panel id="account" title="Account">
            <Facts>
                <Fact name="Made">
                    <Ago at=made />
                </Fact>
                <Fact name="Last sign-in">
                    {match last {
                        Some(at) => view! { <Ago at /> }.into_any(),
                        None => "never".into_any(),
                    }}
                </Fact>
                {move || {
                    disabled_at
                        .get()
                        .map(|at| view! { <Fact name="Disabled"><Ago at /></Fact> })
                }}
            </Facts>
            <div class="mt-3 border-t border-line pt-2">
                <Identifier label="Account" value=Signal::stored(subject.id.to_string()) />
            </div>
        </Panel>
    }
}

/// The buttons that change role and state, each with its question.
#[component]
pub(super) fn AccountActions(subject: Subject) -> impl IntoView {
    let viewer = use_viewer();
    let (may_give, may_manage) = (viewer.may(Permission::ManageRoles), viewer.may(Permission::ManageUsers));
    let may_look = viewer.may(Permission::Impersonate);
    let roles = StoredValue::new(roles_in_reach(&viewer));
    let (gives, switches) = (RwSignal::new(false), RwSignal::new(false));
    let role = RwSignal::new(subject.user.with_untracked(|user| user.role.name().to_owned()));
    let is_disabled = Memo::new(move |_| subject.user.read().disabled_at.is_some());
    let deed = Memo::new(move |_| if is_disabled.get() { Deed::Enable } else { Deed::Disable });
    let name = Memo::new(move |_| subject.user.read().display_name.clone());
    let give = move |reason: String| {
        let role = role.read_untracked().parse::<Role>();
        async move {
            let unknown = |_| Failure(Problem::new(ProblemKind::InvalidRequest, "Choose a role."));
            let user = change_role(subject.id, role.map_err(unknown)?, reason).await?;
            let told = format!("{} is {} now", user.display_name, user.role.label().to_lowercase());
            subject.changed(user);
            Ok(told)
        }
    };
    let switch = move |reason: String| {
        let disables = deed.get_untracked() == Deed::Disable;
        async move {
            let user = if disables {
                disable_user(subject.id, reason).await?
            } else {
                enable_user(subject.id, reason).await?
            };
            let told =
                format!("{} is {} now", user.display_name, if disables { "disabled" } else { "enabled" });
            subject.changed(user);
            Ok(told)
        }
    };
    view! {
        <div class="flex flex-wrap gap-2">
            <Show when=move || may_look && !is_disabled.get()>
                <LookButton subject />
            </Show>
            {may_give.then(|| view! { <Button on_click=move |_| gives.set(true)>"Change role"</Button> })}
            {may_manage
                .then(|| view! { <Button on_click=move |_| switches.set(true)>{move || deed.get().verb()}</Button> })}
        </div>
        <ReasonDialog
            id="change-role"
            title=Signal::derive(move || format!("Change the role of {}", name.get()))
            text=Deed::GiveRole.text()
            yes="Change role"
            kind=ButtonKind::Primary
            open=gives
            act=give
        >
            <SelectField id="role" label="Role" options=roles.get_value() value=role />
        </ReasonDialog>
        <ReasonDialog
            id="switch-account"
            title=Signal::derive(move || format!("{} {}?", deed.get().verb(), name.get()))
            text=Signal::derive(move || deed.get().text().to_owned())
            yes=Signal::derive(move || deed.get().verb().to_owned())
            open=switches
            act=switch
        />
    }
}
