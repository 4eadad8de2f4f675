//! Giving a person a role beside their own: which, where, for how long, and why.

use leptos::{either::Either, prelude::*};

use super::{
    grant_draft::{Draft, places, roles_to_give, terms},
    person_page::Subject,
};
use crate::{
    components::{
        button::ButtonKind,
        field::{Entry, TextField},
        notice::FailureNotice,
        reason_dialog::ReasonDialog,
        select_field::SelectField,
        skeleton::Skeleton,
        time::use_clock,
    },
    roles::list_roles::list_roles,
    session::viewer::use_viewer,
    world::list_worlds::list_worlds,
};

/// Shows while a role is to be given.
#[component]
pub(super) fn GrantDialog(subject: Subject, open: RwSignal<bool>) -> impl IntoView {
    let clock = use_clock();
    let draft = Draft::new();
    let act = move |reason: String| {
        let now = untrack(|| clock.now());
        async move {
            draft.give(subject.id, now, reason).await?;
            subject.note_deed();
            Ok("The role is given".to_owned())
        }
    };
    view! {
        <ReasonDialog
            id="give-grant"
            title=Signal::derive(move || format!("Give {} a role", subject.user.read().display_name))
            text="It comes on top of what their own role allows, and holds at once, also where they are signed in."
            yes="Give it"
            kind=ButtonKind::Primary
            open
            act
        >
            <GrantFields draft />
        </ReasonDialog>
    }
}

#[component]
fn GrantFields(draft: Draft) -> impl IntoView {
    let viewer = StoredValue::new(use_viewer());
    let choices = Resource::new(|| (), |()| async { Ok((list_roles().await?, list_worlds().await?)) });
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-40" /> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok((roles, worlds)) => {
                        let roles = viewer.with_value(|viewer| roles_to_give(viewer, &roles.items));
                        if draft.role.read_untracked().is_empty() && let Some((first, _)) = roles.first() {
                            draft.role.set(first.clone());
                        }
                        Either::Left(view! { <Choices draft roles places=places(&worlds.items) /> })
                    }
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Choices(draft: Draft, roles: Vec<(String, String)>, places: Vec<(String, String)>) -> impl IntoView {
    let number = Entry { mode: Some("numeric"), max_length: Some(12), ..Entry::default() };
    view! {
        <div class="flex flex-col gap-4">
            <SelectField id="grant-role" label="The role" options=roles value=draft.role />
            <SelectField id="grant-place" label="Where it holds" options=places value=draft.place />
            <Show when=move || draft.is_region()>
                <div class="grid grid-cols-2 gap-4">
                    <TextField id="grant-x" label="Region east" name="x" entry=number value=draft.x />
                    <TextField id="grant-z" label="Region south" name="z" entry=number value=draft.z />
                </div>
            </Show>
            <SelectField id="grant-term" label="For how long" options=terms() value=draft.term />
        </div>
    }
}
