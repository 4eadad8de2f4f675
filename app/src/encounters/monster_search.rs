//! Looks for monsters by name, and puts them into the fight.

use api::rules::{RulesEntry, RulesKind};
use leptos::{either::EitherOf3, prelude::*};

use crate::{
    compendium::list_records,
    components::{
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        live_search::LiveSearch,
        notice::FailureNotice,
        skeleton::Skeleton,
    },
};

/// Most monsters that are offered at once.
const OFFERED_MAX: usize = 8;

/// A field, and what goes by such a name.
#[component]
pub(super) fn MonsterSearch(add: Callback<String>) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let found = Resource::new(
        move || wanted.get(),
        |name| async move {
            let name = name.trim().to_owned();
            list_records(RulesKind::Monsters, (!name.is_empty()).then_some(name), None).await
        },
    );
    view! {
        <LiveSearch id="monster" label="Add monsters" placeholder="Name, such as ogre" value=wanted />
        <div class="mt-2" aria-live="polite">
            <Transition fallback=|| view! { <Skeleton class="h-40" /> }>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(list) if list.items.is_empty() => {
                            EitherOf3::A(view! { <p class="py-2 text-ink-muted">"No monster goes by this name."</p> })
                        }
                        Ok(list) => EitherOf3::B(view! { <Offers entries=list.items add /> }),
                        Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Offers(entries: Vec<RulesEntry>, add: Callback<String>) -> impl IntoView {
    let offer = move |entry: RulesEntry| {
        let label = format!("Add {}", entry.name);
        let id = entry.id.clone();
        view! {
            <li class="flex items-center justify-between gap-3 py-1.5">
                <span class="min-w-0">
                    <span class="block truncate font-medium">{entry.name}</span>
                    <span class="block truncate text-sm text-ink-muted">{entry.summary}</span>
                </span>
                <Button
                    kind=ButtonKind::Quiet
                    icon_only=true
                    attr:aria-label=label
                    on_click=move |_| add.run(id.clone())
                >
                    <Icon glyph=Glyph::Plus class="size-4" />
                </Button>
            </li>
        }
    };
    view! {
        <ul class="divide-y divide-line" aria-label="Monsters found">
            {entries.into_iter().take(OFFERED_MAX).map(offer).collect_view()}
        </ul>
    }
}
