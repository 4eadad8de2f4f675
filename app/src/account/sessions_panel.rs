//! Where the viewer is signed in.

use api::session::SessionView;
use leptos::{either::Either, prelude::*};

use super::{end_other_sessions::end_other_sessions, end_session::end_session, list_sessions::list_sessions};
use crate::{
    components::{
        button::Button, confirm::Confirm, notice::FailureNotice, panel::Panel, skeleton::Skeleton,
        toast::use_toasts,
    },
    sign_ins::table::SignInTable,
};

/// All sign-ins, each with a way to end it, and one to end all others.
#[component]
pub(super) fn SessionsPanel() -> impl IntoView {
    let first = Resource::new(|| (), |()| list_sessions());
    let everywhere = RwSignal::new(false);
    let actions =
        view! { <Button on_click=move |_| everywhere.set(true)>"Sign out everywhere else"</Button> };
    view! {
        <Panel
            id="sign-ins"
            title="Where you are signed in"
            text="End what you don’t know, then change the password."
            actions=actions.into_any()
            flush=true
        >
            <Suspense fallback=|| view! { <Skeleton class="h-32" /> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok(list) => Either::Left(view! { <SignIns first=list.items everywhere /> }),
                        Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                    }
                })}
            </Suspense>
        </Panel>
    }
}

#[component]
fn SignIns(first: Vec<SessionView>, everywhere: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let sessions = RwSignal::new(first);
    let (asks, ending) = (RwSignal::new(false), RwSignal::new(None::<SessionView>));
    let refresh = move || async move {
        match list_sessions().await {
            Ok(list) => {
                let _ = sessions.try_set(list.items);
            }
            Err(failure) => toasts.warn(failure.to_string()),
        }
    };
    let end_one = Action::new_local(move |session: &SessionView| {
        let id = session.id;
        async move {
            match end_session(id).await {
                Ok(()) => toasts.tell("The sign-in is over"),
                Err(failure) => toasts.warn(failure.to_string()),
            }
            let _ = asks.try_set(false);
            refresh().await;
        }
    });
    let end_others = Action::new_local(move |(): &()| async move {
        match end_other_sessions().await {
            Ok(()) => toasts.tell("All your other sign-ins are over"),
            Err(failure) => toasts.warn(failure.to_string()),
        }
        let _ = everywhere.try_set(false);
        refresh().await;
    });
    let ask = Callback::new(move |session: SessionView| {
        ending.set(Some(session));
        asks.set(true);
    });
    view! {
        <SignInTable sessions end=Some(ask) />
        <Confirm
            id="end-sign-in"
            title="End this sign-in?"
            text="Whoever uses it has to sign in again. This page stays signed in."
            yes="End it"
            no="Leave it"
            open=asks
            busy=end_one.pending()
            confirmed=Callback::new(move |()| {
                if let Some(session) = ending.get_untracked() {
                    end_one.dispatch_local(session);
                }
            })
        />
        <Confirm
            id="end-others"
            title="Sign out everywhere else?"
            text="All your sign-ins end but this one: other browsers, and clients of the game."
            yes="Sign out everywhere else"
            no="Leave them"
            open=everywhere
            busy=end_others.pending()
            confirmed=Callback::new(move |()| { end_others.dispatch_local(()); })
        />
    }
}
