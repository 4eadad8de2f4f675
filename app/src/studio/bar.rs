//! The studio's head: which version is in force, what the draft is, and what can be done with it.

use api::{
    Permission,
    recipe::{RecipeVersion, VersionState},
    world::WorldView,
};
use leptos::prelude::*;

use super::{
    Desk, desk::Saved, discard_draft::discard_draft, history_dialog::HistoryDialog, map_pane::Stages,
    publish_dialog::PublishDialog, read_version::read_version, save_draft::save_draft, worker_messages::Side,
};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        confirm::Confirm,
        toast::{Toasts, use_toasts},
    },
    session::viewer::use_viewer,
};

/// The head with its buttons and dialogs.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(crate) fn Bar(
    desk: Desk,
    stages: Stages,
    world: WorldView,
    versions: RwSignal<Vec<RecipeVersion>>,
) -> impl IntoView {
    let (viewer, toasts) = (use_viewer(), use_toasts());
    let (may_edit, may_publish) =
        (viewer.may(Permission::EditRecipes), viewer.may(Permission::PublishRecipes));
    let (publishing, looking_back, discarding) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let is_saving = RwSignal::new(false);
    let has_draft = move || desk.saved.with(|saved| saved.revision > 0);
    let can_save = Memo::new(move |_| desk.is_unsaved());
    let can_publish = Memo::new(move |_| (has_draft() || desk.is_unsaved()) && desk.fault_counts().0 == 0);
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2.5">
            <div class="mr-auto min-w-0">
                <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <h1 class="font-display text-xl font-semibold">"Studio"</h1>
                    <InForce versions />
                    <DraftState desk />
                </div>
                <p class="figure truncate text-sm text-ink-muted">{format!("{}, seed {}", world.name, world.seed)}</p>
            </div>
            <Beside desk stages versions />
            <Button kind=ButtonKind::Quiet on_click=move |_| looking_back.set(true)>"History"</Button>
            {may_edit
                .then(|| {
                    view! {
                        <Show when=has_draft>
                            <Button kind=ButtonKind::Quiet on_click=move |_| discarding.set(true)>"Discard"</Button>
                        </Show>
                        <Button
                            busy=is_saving
                            disabled=Signal::derive(move || !can_save.get())
                            on_click=move |_| save(desk, toasts, is_saving)
                        >
                            "Save draft"
                        </Button>
                    }
                })}
            {may_publish
                .then(|| {
                    view! {
                        <Button
                            kind=ButtonKind::Primary
                            disabled=Signal::derive(move || !can_publish.get())
                            on_click=move |_| publishing.set(true)
                        >
                            "Publish…"
                        </Button>
                    }
                })}
        </div>
        <Discard desk open=discarding versions />
        <PublishDialog desk open=publishing versions />
        <HistoryDialog desk open=looking_back versions may_publish />
    }
}

/// The version that the world grows from, and the one that waits.
#[component]
fn InForce(versions: RwSignal<Vec<RecipeVersion>>) -> impl IntoView {
    let number = move |state: VersionState| {
        versions.with(|versions| versions.iter().find(|v| v.state == state).map(|v| v.version))
    };
    view! {
        <Badge tone=Tone::Good>
            {move || number(VersionState::InForce).map(|n| format!("Version {n} in force")).unwrap_or_default()}
        </Badge>
        <Show when=move || number(VersionState::Waiting).is_some()>
            <span title="The ground never moves under players: the whole world changes when the server next starts.">
                <Badge tone=Tone::Info>
                    {move || {
                        number(VersionState::Waiting).map(|n| format!("Version {n} waits for the next start")).unwrap_or_default()
                    }}
                </Badge>
            </span>
        </Show>
    }
}

/// Whether what is written is kept.
#[component]
fn DraftState(desk: Desk) -> impl IntoView {
    let text = move || {
        let saved = desk.saved.get();
        match (desk.is_unsaved(), saved.revision) {
            (true, _) => "Unsaved changes".to_owned(),
            (false, 0) => "No draft".to_owned(),
            (false, revision) => format!("Draft {revision}, saved by {}", saved.by),
        }
    };
    let tone = Signal::derive(move || if desk.is_unsaved() { Tone::Warn } else { Tone::Neutral });
    let faults = move || match desk.fault_counts() {
        (0, 0) => None,
        (0, warnings) => Some((Tone::Warn, counted(warnings, "warning"))),
        (errors, _) => Some((Tone::Bad, counted(errors, "error"))),
    };
    view! {
        <span data-testid="draft-state">
            <Badge tone>{text}</Badge>
        </span>
        {move || faults().map(|(tone, text)| view! { <Badge tone>{text}</Badge> })}
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn save(desk: Desk, toasts: Toasts, is_saving: RwSignal<bool>) {
    let text = desk.text.get_untracked();
    let revision = desk.saved.with_untracked(|saved| saved.revision);
    is_saving.set(true);
    leptos::task::spawn_local(async move {
        let answer = save_draft(desk.world, text, revision).await;
        let _ = is_saving.try_set(false);
        match answer {
            Ok(draft) => {
                let saved = Saved { text: draft.yaml, revision: draft.revision, by: draft.saved_by };
                let _ = desk.saved.try_set(saved);
                toasts.tell("The draft is saved.");
            }
            Err(failure) => toasts.warn(failure.0.detail),
        }
    });
}

/// Asks before the draft is thrown away.
#[component]
fn Discard(desk: Desk, open: RwSignal<bool>, versions: RwSignal<Vec<RecipeVersion>>) -> impl IntoView {
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let discard = Callback::new(move |()| {
        let newest = versions.with_untracked(|versions| versions.first().map_or(1, |v| v.version));
        busy.set(true);
        leptos::task::spawn_local(async move {
            let gone = async {
                discard_draft(desk.world).await?;
                read_version(desk.world, newest).await
            };
            let gone = gone.await;
            let _ = busy.try_set(false);
            match gone {
                Ok(version) => {
                    let _ = open.try_set(false);
                    desk.replace(&version.yaml);
                    let _ = desk.saved.try_set(Saved { text: version.yaml, revision: 0, by: String::new() });
                    toasts.tell("The draft is gone.");
                }
                Err(failure) => toasts.warn(failure.0.detail),
            }
        });
    });
    view! {
        <Confirm
            id="discard-draft"
            title="Discard the draft?"
            text="The draft and what is not saved are lost, for all designers. Published versions stay."
            yes="Discard"
            no="Keep it"
            open
            busy
            confirmed=discard
        />
    }
}

/// The choice of a version to see beside the draft.
#[component]
fn Beside(desk: Desk, stages: Stages, versions: RwSignal<Vec<RecipeVersion>>) -> impl IntoView {
    let toasts = use_toasts();
    let compare = move |event: web_sys::Event| {
        let Ok(version) = event_target_value(&event).parse::<u32>() else {
            desk.other.set(None);
            return;
        };
        leptos::task::spawn_local(async move {
            match read_version(desk.world, version).await {
                Ok(text) => {
                    stages.forget(Side::Other);
                    desk.read(Side::Other, &text.yaml);
                    let _ = desk.other.try_set(Some(version));
                }
                Err(failure) => toasts.warn(failure.0.detail),
            }
        });
    };
    view! {
        <label class="flex items-center gap-2 text-sm">
            <span class="text-ink-muted">"Beside it"</span>
            <select
                id="beside"
                class="h-9 rounded-control border border-control-line bg-raised px-2 text-sm text-ink"
                on:change=compare
            >
                <option value="">"nothing"</option>
                <For each=move || versions.get() key=|version| version.version let:version>
                    <option value=version.version.to_string()>{format!("Version {}", version.version)}</option>
                </For>
            </select>
        </label>
    }
}
