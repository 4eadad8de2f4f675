//! The ways through the dashboard: a column on a wide screen, a bar within the thumb's reach on a phone.

use api::Permission;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::icon::{Glyph, Icon},
    session::viewer::Viewer,
};

struct Destination {
    href: &'static str,
    label: &'static str,
    glyph: Glyph,
    needs: Permission,
}

const DESTINATIONS: &[Destination] = &[
    Destination { href: "/", label: "Overview", glyph: Glyph::Overview, needs: Permission::ObserveGame },
    Destination { href: "/world", label: "World", glyph: Glyph::World, needs: Permission::ViewWorlds },
    Destination { href: "/jobs", label: "Jobs", glyph: Glyph::Jobs, needs: Permission::ViewJobs },
    Destination { href: "/health", label: "Health", glyph: Glyph::Health, needs: Permission::ViewHealth },
];

/// The links that the viewer may follow. The current one carries `aria-current`.
#[component]
pub(crate) fn Nav(viewer: Viewer) -> impl IntoView {
    view! {
        <nav
            aria-label="Main"
            class="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] \
                   md:static md:w-52 md:shrink-0 md:border-t-0 md:border-r md:pb-0"
        >
            <ul class="flex md:sticky md:top-14 md:flex-col md:gap-0.5 md:p-3">
                {DESTINATIONS
                    .iter()
                    .filter(move |destination| viewer.may(destination.needs))
                    .map(|destination| {
                        view! {
                            <li class="flex-1 md:flex-none">
                                <A
                                    href=destination.href
                                    exact=destination.href == "/"
                                    attr:class="flex flex-col items-center gap-0.5 px-2 py-2 text-xs font-medium text-ink-muted \
                                                -outline-offset-2 aria-[current=page]:text-accent md:flex-row md:gap-3 \
                                                md:rounded-control md:px-3 md:text-base md:hover:bg-hover md:hover:text-ink \
                                                md:aria-[current=page]:bg-accent-soft md:aria-[current=page]:text-accent-strong"
                                >
                                    <Icon glyph=destination.glyph class="size-5 md:size-4.5" />
                                    {destination.label}
                                </A>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}
