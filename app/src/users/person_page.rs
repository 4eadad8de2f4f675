//! The page of one person: who they are, what they have open, what was done about them, and what can be done.

use api::{AccountId, Permission, Problem, ProblemKind, user::UserView};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    account_panel::{AccountActions, AccountPanel},
    audit_panel::AuditPanel,
    characters_panel::CharactersPanel,
    grants_panel::GrantsPanel,
    reach::reaches,
    read_user::read_user,
    sanctions_panel::SanctionsPanel,
    sessions_panel::SessionsPanel,
    user_badges::{RoleBadge, StateBadge},
};
use crate::{
    Failure,
    components::{
        badge::Tone, initial::Initial, notice::Notice, page_failure::PageFailure, skeleton::Skeleton,
        when_awake::WhenAwake,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) PersonRoute => PersonPage, in staff);

/// The person that the address names.
#[component]
fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<AccountId>().ok()));
    let user = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => read_user(id).await,
                None => Err(Failure(Problem::new(ProblemKind::NotFound, "There is no such account."))),
            }
        },
    );
    view! {
        <A href="/users" attr:class="text-sm font-medium text-accent-strong hover:underline">
            "Users"
        </A>
        <Suspense fallback=|| view! { <Skeleton class="mt-3 h-96" /> }>
            {move || Suspend::new(async move {
                match user.await {
                    Ok(user) => Either::Left(view! { <Person user /> }),
                    Err(failure) => Either::Right(view! { <PageFailure failure back="/users" back_label="To all users" /> }),
                }
            })}
        </Suspense>
    }
}

/// What every part of the page shares: the person as they are now, and word of changes.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) id: AccountId,
    pub(super) user: RwSignal<UserView>,
    /// Counts what was done about them on this page; whoever shows what follows from it asks again.
    pub(super) deeds: RwSignal<u32>,
}

impl Subject {
    /// Says that something was done.
    pub(super) fn note_deed(self) {
        // The page may be gone when the answer comes.
        let _ = self.deeds.try_update(|deeds| *deeds = deeds.wrapping_add(1));
    }

    /// Says that something was done, and how the person is now.
    pub(super) fn changed(self, user: UserView) {
        let _ = self.user.try_set(user);
        self.note_deed();
    }
}

#[component]
fn Person(user: UserView) -> impl IntoView {
    let viewer = use_viewer();
    let (name, is_self) = (user.display_name.clone(), user.id == viewer.account.id);
    let subject = Subject { id: user.id, user: RwSignal::new(user), deeds: RwSignal::new(0) };
    let role = Memo::new(move |_| subject.user.read().role);
    let is_disabled = Memo::new(move |_| subject.user.read().disabled_at.is_some());
    let email = subject.user.read_untracked().email.clone();
    let reached = {
        let viewer = viewer.clone();
        Memo::new(move |_| !is_self && reaches(&viewer, role.get()))
    };
    let may_audit = viewer.may(Permission::ViewAudit);
    let may_do = viewer.may(Permission::ManageUsers) || viewer.may(Permission::ModeratePlayers);
    view! {
        <Title text=name.clone() />
        <div class="mt-1 mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <div class="flex min-w-0 items-center gap-4">
                <Initial name=name.clone() class="size-12 text-xl" />
                <div class="min-w-0">
                    <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                        <h1 class="min-w-0 font-display text-2xl font-semibold wrap-anywhere">
                            <bdi>{name}</bdi>
                        </h1>
                        {move || view! { <RoleBadge role=role.get() /> }}
                        {move || view! { <StateBadge disabled=is_disabled.get() /> }}
                    </div>
                    <p class="break-all text-ink-muted">{email}</p>
                </div>
            </div>
            <Show when=move || reached.get()>
                <AccountActions subject />
            </Show>
        </div>
        {is_self
            .then(|| {
                view! {
                    <div class="mb-4">
                        <Notice tone=Tone::Info title="This is you">
                            "Nobody changes their own role or state. Password, second factor and sign-ins are on "
                            <a href="/account" class="font-medium text-accent underline">"your account’s page"</a> "."
                        </Notice>
                    </div>
                }
            })}
        <Show when=move || may_do && !is_self && !reached.get()>
            <div class="mb-4">
                <Notice tone=Tone::Info title="You can look, and no more">
                    "This account’s role allows more than yours."
                </Notice>
            </div>
        </Show>
        <WhenAwake>
            <div class="grid items-start gap-4 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
                <div class="grid gap-4">
                    <AccountPanel subject />
                    <CharactersPanel subject />
                </div>
                <div class="grid min-w-0 gap-4">
                    <SanctionsPanel subject reached />
                    <GrantsPanel subject reached />
                    <SessionsPanel subject reached />
                    {may_audit.then(|| view! { <AuditPanel subject /> })}
                </div>
            </div>
        </WhenAwake>
    }
}
