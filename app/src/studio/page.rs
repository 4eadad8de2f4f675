//! The studio's page: the text and its sliders on one side, what grows from it on the other.

use api::{
    List, Permission,
    recipe::{RecipeDraft, RecipeVersion},
    world::WorldView,
};
use grid::REGION_METRES;
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsValue;

use super::{
    Desk,
    bar::Bar,
    desk::{Saved, ZOOM},
    editor::EditorPane,
    explain_panel::ExplainPanel,
    fault_panel::FaultPanel,
    legend::Legend,
    look_bar::LookBar,
    map_pane::{MapPane, Stages},
    parameters::Parameters,
    read_draft::read_draft,
    read_version::read_version,
    read_versions::read_versions,
    shares_panel::SharesPanel,
    worker_messages::Side,
};
use crate::{
    components::{
        badge::Tone,
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        notice::{FailureNotice, Notice},
        skeleton::Skeleton,
        tabs::{Tab, Tabs, tab_id},
        when_awake::WhenAwake,
    },
    failure::refuse_page,
    map::{camera::Camera, pointer::ZOOM_STEP},
    on_demand::on_demand,
    session::viewer::use_viewer,
    world::read_world::read_world,
};

on_demand!(pub(crate) StudioRoute => StudioPage, in land);

/// The view before anyone chose one: the middle of the first region.
const HOME: Camera = Camera { x: REGION_METRES as f64 / 2.0, z: REGION_METRES as f64 / 2.0, scale: 0.25 };

/// The studio. Editor and map need the page's script, so nothing of them is rendered on the server.
#[component]
fn StudioPage() -> impl IntoView {
    if !use_viewer().may(Permission::ViewRecipes) {
        return Either::Left(view! { <FailureNotice failure=refuse_page() /> });
    }
    Either::Right(view! {
        <Title text="Studio" />
        <WhenAwake>
            <OfFirstWorld />
        </WhenAwake>
    })
}

/// The first world's recipe.
#[component]
fn OfFirstWorld() -> impl IntoView {
    let world = Resource::new(|| (), |()| read_world());
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {move || Suspend::new(async move {
                match world.await {
                    Ok(Some(world)) => EitherOf3::A(view! { <OfWorld world /> }),
                    Ok(None) => EitherOf3::B(view! {
                        <h1 class="sr-only">"Studio"</h1>
                        <EmptyState
                            glyph=Glyph::Brush
                            title="No world yet"
                            text="The server makes its first world from a recipe when it starts. Look at its log for why it didn’t."
                        />
                    }),
                    Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn OfWorld(world: WorldView) -> impl IntoView {
    let id = world.id;
    let versions = Resource::new(|| (), move |()| read_versions(id, None));
    let draft = Resource::new(|| (), move |()| read_draft(id));
    let world = StoredValue::new(world);
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {move || Suspend::new(async move {
                match (versions.await, draft.await) {
                    (Ok(versions), Ok(draft)) => {
                        Either::Left(view! { <OfVersions world=world.get_value() versions draft /> })
                    }
                    (Err(failure), _) | (_, Err(failure)) => {
                        Either::Right(view! { <h1 class="sr-only">"Studio"</h1><FailureNotice failure /> })
                    }
                }
            })}
        </Suspense>
    }
}

/// Asks for the newest version's text, which a draft is compared with.
#[component]
fn OfVersions(world: WorldView, versions: List<RecipeVersion>, draft: Option<RecipeDraft>) -> impl IntoView {
    let (id, newest) = (world.id, versions.items.first().map_or(1, |version| version.version));
    let text = Resource::new(|| (), move |()| read_version(id, newest));
    let parts = StoredValue::new((world, versions.items, draft));
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {move || Suspend::new(async move {
                match text.await {
                    Ok(text) => {
                        let (world, versions, draft) = parts.get_value();
                        Either::Left(view! { <Studio world versions draft newest_text=text.yaml /> })
                    }
                    Err(failure) => Either::Right(view! { <h1 class="sr-only">"Studio"</h1><FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Studio(
    world: WorldView,
    versions: Vec<RecipeVersion>,
    draft: Option<RecipeDraft>,
    newest_text: String,
) -> impl IntoView {
    let query = use_query_map().get_untracked();
    let link = (query.get_str("x"), query.get_str("z"), query.get_str("zoom"));
    let saved = match draft {
        Some(draft) => Saved { text: draft.yaml, revision: draft.revision, by: draft.saved_by },
        None => Saved { text: newest_text, revision: 0, by: String::new() },
    };
    let desk = Desk::new(world.id, world.seed.clone(), Camera::from_query(link, HOME, ZOOM), saved);
    let (versions, stages) = (RwSignal::new(versions), Stages::new());
    Effect::new(move |_| stages.employ(desk));
    on_cleanup(move || desk.leave());
    keep_address(desk);
    let may_edit = use_viewer().may(Permission::EditRecipes);
    view! {
        <div class="-mx-4 -mt-5 flex flex-col md:-mx-7 md:-mt-6 md:-mb-10 lg:h-[calc(100dvh-3.5rem)]">
            <Bar desk stages world versions />
            <div class="flex min-h-0 flex-1 flex-col lg:flex-row">
                <section
                    aria-label="Recipe"
                    class="order-2 flex h-[75dvh] min-w-0 flex-col border-line bg-surface max-lg:border-t lg:order-1 lg:h-auto lg:w-[26rem] lg:shrink-0 lg:border-r xl:w-[34rem]"
                >
                    <Parameters desk may_edit />
                    <EditorPane desk />
                </section>
                <div class="order-1 flex min-w-0 flex-1 flex-col lg:order-2">
                    <Maps desk stages />
                    <Inspector desk />
                </div>
            </div>
        </div>
    }
}

/// One map, or two side by side with one camera.
#[component]
fn Maps(desk: Desk, stages: Stages) -> impl IntoView {
    view! {
        <LookBar desk />
        <section aria-label="Map" class="relative flex h-[52dvh] min-h-72 overflow-hidden bg-sunken lg:h-auto lg:min-h-0 lg:flex-1">
            <div class="relative min-w-0 flex-1">
                <MapPane desk stages side=Side::Draft />
                <Show when=move || desk.other.get().is_some()>
                    <Label text=Signal::derive(|| "Draft".to_owned()) />
                </Show>
                <Readout desk />
            </div>
            <Show when=move || desk.other.get().is_some()>
                <div class="relative min-w-0 flex-1 border-l-2 border-accent">
                    <MapPane desk stages side=Side::Other />
                    <Label text=Signal::derive(move || desk.other.get().map(|n| format!("Version {n}")).unwrap_or_default()) />
                </div>
            </Show>
            <div class="absolute top-3 right-3 flex flex-col divide-y divide-line overflow-hidden rounded-control border border-line bg-raised shadow-low">
                <button type="button" class=ZOOM_BUTTON aria-label="Zoom in" on:click=move |_| desk.view.zoom_by(ZOOM_STEP)>
                    <Icon glyph=Glyph::Plus />
                </button>
                <button type="button" class=ZOOM_BUTTON aria-label="Zoom out" on:click=move |_| desk.view.zoom_by(1.0 / ZOOM_STEP)>
                    <Icon glyph=Glyph::Minus />
                </button>
            </div>
            <Show when=move || desk.trouble.read().is_some()>
                <div class="absolute inset-x-3 top-16 mx-auto max-w-md">
                    <Notice tone=Tone::Bad title="The map can’t be drawn">
                        {move || desk.trouble.get()}
                        " Reload the page; saving and publishing work without it."
                    </Notice>
                </div>
            </Show>
            <p id="studio-keys" class="sr-only">
                "Arrow keys move the map, with Shift by one cell. Plus and minus zoom. Enter explains the place in the middle."
            </p>
        </section>
    }
}

const ZOOM_BUTTON: &str =
    "grid size-9 place-items-center text-ink-muted -outline-offset-2 hover:bg-hover hover:text-ink";

#[component]
fn Label(text: Signal<String>) -> impl IntoView {
    view! {
        <p class="pointer-events-none absolute top-3 left-3 rounded-control border border-line bg-raised px-2.5 py-1 text-sm font-medium shadow-low">
            {text}
        </p>
    }
}

/// Where the map is, and whether it is done.
#[component]
fn Readout(desk: Desk) -> impl IntoView {
    let place = move || {
        let camera = desk.view.camera.get();
        format!("{:.0} m east, {:.0} m south", camera.x, camera.z)
    };
    view! {
        <p
            class="figure pointer-events-none absolute bottom-3 left-3 max-w-[calc(100%-1.5rem)] truncate rounded-control border border-line bg-raised px-2.5 py-1.5 text-xs shadow-low"
            data-testid="readout"
        >
            {place}
            <span class="text-ink-muted">
                {move || match desk.growing[0].get() {
                    0 => String::new(),
                    n => format!(" · drawing {n}"),
                }}
            </span>
        </p>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Shares,
    Place,
    Faults,
}

const TABS: &[Tab<Pane>] = &[
    Tab { key: Pane::Shares, label: "Shares and tests", panel: "studio-shares" },
    Tab { key: Pane::Place, label: "Place", panel: "studio-place" },
    Tab { key: Pane::Faults, label: "Faults", panel: "studio-faults" },
];

#[component]
fn Inspector(desk: Desk) -> impl IntoView {
    let active = RwSignal::new(Pane::Shares);
    Effect::new(move |before: Option<()>| {
        if desk.chosen.get().is_some() && before.is_some() {
            active.set(Pane::Place);
        }
    });
    view! {
        <section aria-label="Findings" class="flex flex-col border-t border-line bg-surface lg:h-64 lg:shrink-0">
            <Tabs label="Findings" tabs=TABS active />
            <div class="min-h-40 flex-1 lg:min-h-0 lg:overflow-y-auto" tabindex="0" role="group" aria-label="Findings, in full">
                <Panel tab=TABS[0] active>
                    <div class="grid gap-5 p-4 md:grid-cols-2">
                        <Legend desk />
                        <SharesPanel desk />
                    </div>
                </Panel>
                <Panel tab=TABS[1] active>
                    <ExplainPanel desk />
                </Panel>
                <Panel tab=TABS[2] active>
                    <FaultPanel desk />
                </Panel>
            </div>
        </section>
    }
}

/// A tab's panel; what is in it lives only while it shows.
#[component]
fn Panel(tab: Tab<Pane>, active: RwSignal<Pane>, children: ChildrenFn) -> impl IntoView {
    let shows = move || active.get() == tab.key;
    view! {
        <div role="tabpanel" id=tab.panel aria-labelledby=tab_id(tab.panel) hidden=move || !shows()>
            <Show when=shows>{children()}</Show>
        </div>
    }
}

/// Keeps the page's address a link to the view, without a new entry in the browser's history.
fn keep_address(desk: Desk) {
    Effect::new(move |before: Option<()>| {
        let camera = desk.view.rest.get();
        if before.is_some()
            && let Ok(history) = window().history()
        {
            let address = format!("/studio{}", camera.query());
            // A refusal leaves the old address, which is still valid.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    });
}
