//! The roles that a person was given beside their own, past and present, with giving and withdrawing them.

use api::{
    Permission,
    role::{GrantView, Place},
    world::WorldView,
};
use leptos::{either::EitherOf3, prelude::*};
use uuid::Uuid;

use super::{
    grant_dialog::GrantDialog, grant_entry::GrantEntry, list_grants::list_grants, person_page::Subject,
    take_grant::take_grant,
};
use crate::{
    components::{
        button::Button, notice::FailureNotice, panel::Panel, reason_dialog::ReasonDialog, skeleton::Skeleton,
    },
    session::viewer::use_viewer,
    world::list_worlds::list_worlds,
};

/// The grants, and the buttons of those who may give roles.
#[component]
pub(super) fn GrantsPanel(subject: Subject, reached: Memo<bool>) -> impl IntoView {
    let may_give = use_viewer().may(Permission::ManageRoles);
    let can_give = Memo::new(move |_| may_give && reached.get());
    let grants = Resource::new(
        move || subject.deeds.get(),
        move |_| async move { Ok((list_grants(subject.id).await?, list_worlds().await?)) },
    );
    let (gives, withdraws) = (RwSignal::new(false), RwSignal::new(false));
    let meant = RwSignal::new(Uuid::nil());
    let withdraw = move |reason: String| {
        let id = meant.get_untracked();
        async move {
            take_grant(subject.id, id, reason).await?;
            subject.note_deed();
            Ok("The role is withdrawn".to_owned())
        }
    };
    let ask = Callback::new(move |id| {
        meant.set(id);
        withdraws.set(true);
    });
    let actions = view! {
        <Show when=move || can_give.get()>
            <Button on_click=move |_| gives.set(true)>"Give a role"</Button>
        </Show>
    };
    let list = move |grants: Vec<GrantView>, worlds: &[WorldView]| {
        let entry = |grant: GrantView| {
            let place = place_text(grant.place, worlds);
            view! { <GrantEntry grant place can_give ask /> }
        };
        view! { <ol class="divide-y divide-line">{grants.into_iter().map(entry).collect_view()}</ol> }
    };
    view! {
        <Panel id="grants" title="Roles beside their own" actions=actions.into_any() flush=true>
            <Transition fallback=|| view! { <Skeleton class="h-24" /> }>
                {move || Suspend::new(async move {
                    match grants.await {
                        Ok((found, _)) if found.items.is_empty() => {
                            EitherOf3::A(view! { <p class="px-4 py-4 text-ink-muted sm:px-5">"None was ever given."</p> })
                        }
                        Ok((found, worlds)) => EitherOf3::B(list(found.items, &worlds.items)),
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Transition>
        </Panel>
        <GrantDialog subject open=gives />
        <ReasonDialog
            id="take-grant"
            title="Withdraw this role?"
            text="What it allows ends at once, also where they are signed in. The history keeps that it was there."
            yes="Withdraw"
            open=withdraws
            act=withdraw
        />
    }
}

fn place_text(place: Option<Place>, worlds: &[WorldView]) -> String {
    let Some(place) = place else { return "Everywhere".to_owned() };
    let world = worlds.iter().find(|world| world.id == place.world_id);
    let world = world.map_or_else(|| place.world_id.to_string(), |world| world.name.clone());
    match place.region {
        Some(region) => format!("In region {}, {} of {world}", region.x, region.z),
        None => format!("In all of {world}"),
    }
}

#[cfg(test)]
mod tests {
    use grid::{RegionCoord, WorldId};

    use super::*;

    #[test]
    fn a_place_is_told_in_words_also_of_a_world_that_is_gone() {
        let gone = WorldId::from_uuid(Uuid::nil());
        assert_eq!(place_text(None, &[]), "Everywhere");
        assert_eq!(place_text(Some(Place::world(gone)), &[]), format!("In all of {gone}"));
        let region = Place::region(gone, RegionCoord::new(1, -2));
        assert_eq!(place_text(Some(region), &[]), format!("In region 1, -2 of {gone}"));
    }
}
