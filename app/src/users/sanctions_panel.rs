//! Keeping order: what was done about a person, and doing something.

use api::{Permission, moderation::SanctionKind};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    list_sanctions::list_sanctions, person_page::Subject, sanction_dialog::SanctionDialog,
    sanction_history::SanctionHistory,
};
use crate::{
    components::{button::Button, notice::FailureNotice, panel::Panel, skeleton::Skeleton},
    session::viewer::use_viewer,
};

/// The history, and the buttons of those who may moderate.
#[component]
pub(super) fn SanctionsPanel(subject: Subject, reached: Memo<bool>) -> impl IntoView {
    let may_moderate = use_viewer().may(Permission::ModeratePlayers);
    let can_moderate = Memo::new(move |_| may_moderate && reached.get());
    let history = Resource::new(move || subject.deeds.get(), move |_| list_sanctions(subject.id));
    let (kind, open) = (RwSignal::new(SanctionKind::Note), RwSignal::new(false));
    let button = move |wanted: SanctionKind, label: &'static str| {
        view! {
            <Button on_click=move |_| {
                kind.set(wanted);
                open.set(true);
            }>{label}</Button>
        }
    };
    let actions = view! {
        <Show when=move || can_moderate.get()>
            {button(SanctionKind::Note, "Note")}
            {button(SanctionKind::Kick, "Kick")}
            {button(SanctionKind::Mute, "Mute")}
            {button(SanctionKind::Ban, "Ban")}
        </Show>
    };
    view! {
        <Panel id="moderation" title="Moderation" actions=actions.into_any() flush=true>
            <Transition fallback=|| view! { <Skeleton class="h-24" /> }>
                {move || Suspend::new(async move {
                    match history.await {
                        Ok(list) if list.items.is_empty() => {
                            EitherOf3::A(view! { <p class="px-4 py-4 text-ink-muted sm:px-5">"Nothing was done about this account."</p> })
                        }
                        Ok(list) => {
                            EitherOf3::B(view! { <SanctionHistory subject sanctions=list.items can_moderate /> })
                        }
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Transition>
        </Panel>
        <SanctionDialog subject kind open />
    }
}
