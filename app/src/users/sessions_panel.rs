//! Where a person is signed in.

use api::{Permission, session::SessionView};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    deed::Deed, end_user_session::end_user_session, end_user_sessions::end_user_sessions,
    list_user_sessions::list_user_sessions, person_page::Subject,
};
use crate::{
    components::{
        button::Button, notice::FailureNotice, panel::Panel, reason_dialog::ReasonDialog, skeleton::Skeleton,
    },
    session::viewer::use_viewer,
    sign_ins::table::SignInTable,
};

/// The sign-ins that are not over, with a way to end one and all.
#[component]
pub(super) fn SessionsPanel(subject: Subject, reached: Memo<bool>) -> impl IntoView {
    let may_end = use_viewer().may(Permission::ManageUsers);
    let can_end = Memo::new(move |_| may_end && reached.get());
    let first = Resource::new(move || subject.deeds.get(), move |_| list_user_sessions(subject.id));
    let (ends_all, ends_one) = (RwSignal::new(false), RwSignal::new(false));
    let ending = RwSignal::new(None::<SessionView>);
    let end_all = move |reason: String| async move {
        end_user_sessions(subject.id, reason).await?;
        subject.note_deed();
        Ok("All their sign-ins are over".to_owned())
    };
    let end_one = move |reason: String| {
        let session = ending.get_untracked().map(|session| session.id);
        async move {
            if let Some(session) = session {
                end_user_session(subject.id, session, reason).await?;
                subject.note_deed();
            }
            Ok("The sign-in is over".to_owned())
        }
    };
    let ask = Callback::new(move |session: SessionView| {
        ending.set(Some(session));
        ends_one.set(true);
    });
    let actions = view! {
        <Show when=move || can_end.get()>
            <Button on_click=move |_| ends_all.set(true)>"End all"</Button>
        </Show>
    };
    view! {
        <Panel id="sign-ins" title="Signed in" actions=actions.into_any() flush=true>
            <Transition fallback=|| view! { <Skeleton class="h-24" /> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok(list) if list.items.is_empty() => {
                            EitherOf3::A(view! { <p class="px-4 py-4 text-ink-muted sm:px-5">"Nowhere at the moment."</p> })
                        }
                        Ok(list) => {
                            let end = can_end.get_untracked().then_some(ask);
                            EitherOf3::B(view! { <SignInTable sessions=RwSignal::new(list.items) end /> })
                        }
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Transition>
        </Panel>
        <ReasonDialog
            id="end-all"
            title="End all their sign-ins?"
            text=Deed::EndSignIns.text()
            yes="End all"
            open=ends_all
            act=end_all
        />
        <ReasonDialog
            id="end-one"
            title="End this sign-in?"
            text="Whoever uses it has to sign in again. The others stay."
            yes="End it"
            open=ends_one
            act=end_one
        />
    }
}
