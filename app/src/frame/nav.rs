//! The ways through the dashboard: a column on a wide screen, a bar within the thumb's reach on a phone.

use api::Permission;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::{
    components::{
        disclosure::Disclosure,
        icon::{Glyph, Icon},
    },
    session::viewer::Viewer,
};

#[derive(Clone, Copy)]
struct Destination {
    href: &'static str,
    label: &'static str,
    glyph: Glyph,
    needs: Permission,
}

/// Destinations that belong together, under a heading.
struct Section {
    title: &'static str,
    destinations: &'static [Destination],
}

/// A phone's bar shows the first ones of these that the viewer may follow.
const SECTIONS: &[Section] = &[
    Section {
        title: "Realm",
        destinations: &[
            Destination {
                href: "/",
                label: "Overview",
                glyph: Glyph::Overview,
                needs: Permission::ObserveGame,
            },
            Destination {
                href: "/world",
                label: "World",
                glyph: Glyph::World,
                needs: Permission::ViewWorlds,
            },
            Destination {
                href: "/studio",
                label: "Studio",
                glyph: Glyph::Brush,
                needs: Permission::ViewRecipes,
            },
            Destination {
                href: "/characters",
                label: "Characters",
                glyph: Glyph::Entities,
                needs: Permission::PlayGame,
            },
            Destination {
                href: "/compendium",
                label: "Compendium",
                glyph: Glyph::Book,
                needs: Permission::ViewRules,
            },
        ],
    },
    Section {
        title: "Operation",
        destinations: &[
            Destination { href: "/jobs", label: "Jobs", glyph: Glyph::Jobs, needs: Permission::ViewJobs },
            Destination {
                href: "/pipelines",
                label: "Pipelines",
                glyph: Glyph::Pipelines,
                needs: Permission::ViewPipelines,
            },
            Destination {
                href: "/events",
                label: "Events",
                glyph: Glyph::Events,
                needs: Permission::ViewEvents,
            },
            Destination {
                href: "/health",
                label: "Health",
                glyph: Glyph::Health,
                needs: Permission::ViewHealth,
            },
            Destination {
                href: "/infrastructure",
                label: "Infrastructure",
                glyph: Glyph::Nodes,
                needs: Permission::ViewInfrastructure,
            },
        ],
    },
    Section {
        title: "People",
        destinations: &[
            Destination { href: "/users", label: "Users", glyph: Glyph::Users, needs: Permission::ViewUsers },
            Destination {
                href: "/roles",
                label: "Roles",
                glyph: Glyph::Shield,
                needs: Permission::ViewRoles,
            },
            Destination {
                href: "/audit",
                label: "Audit log",
                glyph: Glyph::Log,
                needs: Permission::ViewAudit,
            },
            Destination {
                href: "/api-keys",
                label: "API keys",
                glyph: Glyph::Key,
                needs: Permission::ManageApiKeys,
            },
        ],
    },
    Section {
        title: "Table",
        destinations: &[
            Destination {
                href: "/encounters",
                label: "Encounters",
                glyph: Glyph::Swords,
                needs: Permission::ViewRules,
            },
            Destination {
                href: "/roller",
                label: "Roller",
                glyph: Glyph::Dice,
                needs: Permission::ViewRules,
            },
        ],
    },
];

/// Places on a phone's bar: more would be too narrow for a thumb.
const BAR_PLACES: usize = 5;

/// The sections with what the viewer may follow, the empty ones left out.
type Ways = Vec<(&'static str, Vec<Destination>)>;

fn ways(viewer: &Viewer) -> Ways {
    SECTIONS
        .iter()
        .map(|section| {
            let may_follow = |destination: &&Destination| viewer.may(destination.needs);
            (section.title, section.destinations.iter().filter(may_follow).copied().collect::<Vec<_>>())
        })
        .filter(|(_, destinations)| !destinations.is_empty())
        .collect()
}

/// The links that the viewer may follow. The current one carries `aria-current`.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(crate) fn Nav(viewer: Viewer) -> impl IntoView {
    let ways = ways(&viewer);
    view! {
        <nav
            aria-label="Main"
            class="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] \
                   md:static md:w-52 md:shrink-0 md:border-t-0 md:border-r md:pb-0"
        >
            <Column ways=ways.clone() />
            <Bar ways />
        </nav>
    }
}

#[component]
fn Column(ways: Ways) -> impl IntoView {
    view! {
        <div class="sticky top-14 max-h-[calc(100dvh-3.5rem)] space-y-3.5 overflow-y-auto p-3 max-md:hidden">
            <Sections ways prefix="column" />
        </div>
    }
}

/// Lists under their headings. `prefix` keeps ids apart where the sections stand twice.
#[component]
fn Sections(ways: Ways, prefix: &'static str) -> impl IntoView {
    ways.into_iter()
        .map(|(title, destinations)| {
            let id = format!("{prefix}-{}", title.to_lowercase());
            view! {
                <div>
                    <p id=id.clone() class="px-3 pb-1 text-xs font-medium text-ink-muted">
                        {title}
                    </p>
                    <ul aria-labelledby=id class="space-y-0.5">
                        {destinations.into_iter().map(|destination| view! { <li><RowLink destination /></li> }).collect_view()}
                    </ul>
                </div>
            }
        })
        .collect_view()
}

#[component]
fn RowLink(destination: Destination) -> impl IntoView {
    view! {
        <A
            href=destination.href
            exact=destination.href == "/"
            attr:class="flex items-center gap-3 rounded-control px-3 py-2 font-medium text-ink-muted -outline-offset-2 hover:bg-hover md:py-1 \
                        hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-strong"
        >
            <Icon glyph=destination.glyph class="size-4.5" />
            {destination.label}
        </A>
    }
}

const BAR_PLACE: &str = "flex flex-col items-center gap-0.5 px-2 py-2 text-xs font-medium text-ink-muted -outline-offset-2 \
                         aria-[current=page]:text-accent data-current:text-accent";

#[component]
fn Bar(ways: Ways) -> impl IntoView {
    let all: Vec<Destination> = ways.iter().flat_map(|(_, destinations)| destinations).copied().collect();
    let places = if all.len() > BAR_PLACES { BAR_PLACES - 1 } else { all.len() };
    let (shown, hidden) = (all[..places].to_vec(), all[places..].to_vec());
    view! {
        <ul class="flex md:hidden">
            {shown
                .into_iter()
                .map(|destination| {
                    view! {
                        <li class="flex-1">
                            <A href=destination.href exact=destination.href == "/" attr:class=BAR_PLACE>
                                <Icon glyph=destination.glyph class="size-5" />
                                {destination.label}
                            </A>
                        </li>
                    }
                })
                .collect_view()}
            {(!hidden.is_empty()).then(|| view! { <li class="flex-1"><More ways hidden /></li> })}
        </ul>
    }
}

/// The last place of a full bar: a sheet with all destinations.
#[component]
fn More(ways: Ways, hidden: Vec<Destination>) -> impl IntoView {
    let page = use_location().pathname;
    let is_here = Memo::new(move |_| page.with(|page| hidden.iter().any(|way| page.starts_with(way.href))));
    let summary = view! {
        <span class=BAR_PLACE data-current=move || is_here.get().then_some("")>
            <Icon glyph=Glyph::More class="size-5" />
            "More"
        </span>
    };
    view! {
        <Disclosure label="More pages" class="" summary_class="cursor-pointer -outline-offset-2" summary=summary.into_any()>
            <div class="absolute inset-x-0 bottom-full grid max-h-[70dvh] grid-cols-2 gap-x-2 gap-y-5 overflow-y-auto rounded-t-card \
                        border-t border-line bg-raised p-4 shadow-high">
                <Sections ways prefix="sheet" />
            </div>
        </Disclosure>
    }
}
