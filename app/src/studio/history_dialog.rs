//! The history of the recipe, and the way back.

use api::recipe::{RecipeVersion, VersionState};
use leptos::prelude::*;

use super::{
    Desk, desk::Saved, publish_dialog::Changes, read_version::read_version, read_versions::read_versions,
    roll_back_recipe::roll_back_recipe,
};
use crate::{
    Failure,
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{Entry, TextField},
        time::Ago,
        toast::use_toasts,
    },
};

/// Versions, the newest first; each can be opened in the editor or gone back to.
#[component]
pub(crate) fn HistoryDialog(
    desk: Desk,
    open: RwSignal<bool>,
    versions: RwSignal<Vec<RecipeVersion>>,
    may_publish: bool,
) -> impl IntoView {
    // The version that is asked about.
    let back_to = RwSignal::new(None::<u32>);
    Effect::new(move |_| {
        if !open.get() {
            back_to.set(None);
        }
    });
    view! {
        <Dialog id="recipe-history" title="History of the recipe" open>
            <Show when=move || back_to.get().is_some()>
                <RollBack desk open versions back_to />
            </Show>
            <ul class="flex max-h-[60dvh] flex-col divide-y divide-line overflow-y-auto" tabindex="0" aria-label="Versions" data-testid="versions">
                <For each=move || versions.get() key=|v| (v.version, v.state as u8) let:version>
                    <Row desk open version may_publish back_to />
                </For>
            </ul>
        </Dialog>
    }
}

#[component]
fn Row(
    desk: Desk,
    open: RwSignal<bool>,
    version: RecipeVersion,
    may_publish: bool,
    back_to: RwSignal<Option<u32>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let number = version.version;
    let (tone, state) = match version.state {
        VersionState::InForce => (Tone::Good, "In force"),
        VersionState::Waiting => (Tone::Info, "Waits for the next start"),
        VersionState::Past => (Tone::Neutral, "Past"),
    };
    let show = move |_| {
        leptos::task::spawn_local(async move {
            match read_version(desk.world, number).await {
                Ok(text) => {
                    desk.replace(&text.yaml);
                    let _ = open.try_set(false);
                }
                Err(failure) => toasts.warn(failure.0.detail),
            }
        });
    };
    let restores = version.restores.map(|n| format!(", the text of version {n}")).unwrap_or_default();
    view! {
        <li class="flex flex-col gap-1.5 py-3 text-sm">
            <div class="flex flex-wrap items-center gap-2">
                <h3 class="text-base font-semibold">{format!("Version {number}")}</h3>
                <Badge tone>{state}</Badge>
                <span class="text-ink-muted">
                    {format!("by {}{restores}, ", version.published_by)} <Ago at=version.published_at />
                </span>
            </div>
            <p>{format!("“{}”", version.reason)}</p>
            <Changes changes=version.changes />
            <div class="flex gap-2">
                <Button kind=ButtonKind::Quiet on_click=show>"Open in the editor"</Button>
                {may_publish
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Quiet on_click=move |_| back_to.set(Some(number))>"Go back to it…"</Button>
                        }
                    })}
            </div>
        </li>
    }
}

/// Asks why, then goes back.
#[component]
fn RollBack(
    desk: Desk,
    open: RwSignal<bool>,
    versions: RwSignal<Vec<RecipeVersion>>,
    back_to: RwSignal<Option<u32>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let (reason, busy, error) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None::<String>));
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (Some(version), why) = (back_to.get_untracked(), reason.get_untracked()) else { return };
        if why.trim().chars().count() < 3 {
            error.set(Some("Say why, in 3 characters or more.".to_owned()));
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let done = carry_out(desk, version, why).await;
            let _ = busy.try_set(false);
            match done {
                Ok((published, all)) => {
                    let _ = versions.try_set(all);
                    let _ = open.try_set(false);
                    toasts.tell(format!(
                        "Version {published} has the text of version {version}. It waits for the server’s next start."
                    ));
                }
                Err(failure) => {
                    let _ = error.try_set(Some(failure.0.detail));
                }
            }
        });
    };
    view! {
        <form class="mb-4 flex flex-col gap-3 rounded-control border border-line bg-sunken/60 p-3" novalidate=true on:submit=go>
            <p class="text-sm">
                {move || {
                    format!(
                        "Publishes the text of version {} as a new version. It takes effect when the server next starts; nothing is erased.",
                        back_to.get().unwrap_or_default(),
                    )
                }}
            </p>
            <TextField
                id="roll-back-reason"
                label="Why"
                name="reason"
                entry=Entry { required: true, max_length: Some(500), ..Entry::default() }
                error
                value=reason
            />
            <div class="flex justify-end gap-2">
                <Button on_click=move |_| back_to.set(None)>"Stay"</Button>
                <Button kind=ButtonKind::Danger submits=true busy>"Go back"</Button>
            </div>
        </form>
    }
}

/// Goes back, and asks for the history anew. Without a draft the editor shows the text that now is the newest.
async fn carry_out(desk: Desk, version: u32, reason: String) -> Result<(u32, Vec<RecipeVersion>), Failure> {
    let published = roll_back_recipe(desk.world, version, reason).await?;
    let text = read_version(desk.world, published.version).await?;
    if desk.saved.with_untracked(|saved| saved.revision == 0) && !untrack(|| desk.is_unsaved()) {
        desk.replace(&text.yaml);
        let _ = desk.saved.try_set(Saved { text: text.yaml, revision: 0, by: String::new() });
    }
    let all = read_versions(desk.world, None).await?;
    Ok((published.version, all.items))
}
