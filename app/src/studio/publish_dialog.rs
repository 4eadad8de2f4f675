//! Publishing: what changes, whether the recipe's tests hold, and why.

use api::recipe::{ChangeKind, RecipeChange, RecipeCheck, RecipeVersion};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    Desk, check_recipe::check_recipe, desk::Saved, publish_recipe::publish_recipe,
    read_versions::read_versions, save_draft::save_draft,
};
use crate::{
    Failure,
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{Entry, TextField},
        notice::{FailureNotice, Notice},
        skeleton::Skeleton,
        toast::use_toasts,
    },
};

/// The dialog. It has the server look at the text whenever it opens.
#[component]
pub(crate) fn PublishDialog(
    desk: Desk,
    open: RwSignal<bool>,
    versions: RwSignal<Vec<RecipeVersion>>,
) -> impl IntoView {
    let check = RwSignal::new(None::<Result<RecipeCheck, Failure>>);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        check.set(None);
        let text = desk.text.get_untracked();
        leptos::task::spawn_local(async move {
            let found = check_recipe(desk.world, text).await;
            let _ = check.try_set(Some(found));
        });
    });
    view! {
        <Dialog id="publish" title="Publish the draft" open>
            <p class="mb-3 text-ink-muted">
                "It becomes the world’s next version, and takes effect when the server next starts: the ground never moves under players. Until then you can roll back without anybody noticing."
            </p>
            {move || match check.get() {
                None => EitherOf3::A(view! {
                    <p class="mb-2 text-sm text-ink-muted" role="status">"The server looks at it and runs its tests…"</p>
                    <Skeleton class="h-32" />
                }),
                Some(Err(failure)) => EitherOf3::B(view! { <FailureNotice failure /> }),
                Some(Ok(check)) => EitherOf3::C(view! { <Decision desk open versions check /> }),
            }}
        </Dialog>
    }
}

#[component]
fn Decision(
    desk: Desk,
    open: RwSignal<bool>,
    versions: RwSignal<Vec<RecipeVersion>>,
    check: RecipeCheck,
) -> impl IntoView {
    let toasts = use_toasts();
    let (reason, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let error = RwSignal::new(None::<String>);
    let failing: Vec<String> = check
        .tests
        .iter()
        .filter(|test| !test.holds)
        .map(|test| format!("{}: {:.3}, wanted {}", test.test, test.found, test.expected))
        .collect();
    let is_nothing = check.changes.is_empty() && check.fingerprint.is_some();
    let publishable = check.publishable;
    let publish = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked();
        if why.trim().chars().count() < 3 {
            error.set(Some("Say why, in 3 characters or more.".to_owned()));
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let done = carry_out(desk, why).await;
            let _ = busy.try_set(false);
            match done {
                Ok((version, all)) => {
                    let _ = versions.try_set(all);
                    let _ = open.try_set(false);
                    toasts.tell(format!(
                        "Version {version} is published. It waits for the server’s next start."
                    ));
                }
                Err(failure) => {
                    let _ = error.try_set(Some(failure.0.detail));
                }
            }
        });
    };
    view! {
        <section aria-label="What changes" data-testid="changes">
            <p class="mb-2">
                {if check.changes_terrain {
                    "Terrain changes: chunks that exist now come out otherwise, and are grown anew as they are needed."
                } else if is_nothing {
                    "Nothing changes against the newest version."
                } else {
                    "Terrain stays as it is, bit for bit."
                }}
            </p>
            <Changes changes=check.changes />
        </section>
        {(!check.faults.is_empty())
            .then(|| {
                let told: Vec<String> = check.faults.iter().map(|f| format!("line {}: {}", f.line, f.what)).collect();
                view! {
                    <div class="mt-3">
                        <Notice tone=Tone::Warn title="The server has remarks">{told.join("; ")}</Notice>
                    </div>
                }
            })}
        {(!failing.is_empty())
            .then(|| {
                view! {
                    <div class="mt-3">
                        <Notice tone=Tone::Bad title="The recipe’s own tests fail">{failing.join("; ")}</Notice>
                    </div>
                }
            })}
        <form class="mt-4 flex flex-col gap-4" novalidate=true on:submit=publish>
            <TextField
                id="publish-reason"
                label="Why"
                name="reason"
                entry=Entry { required: true, max_length: Some(500), ..Entry::default() }
                hint="For the history and the audit."
                error
                value=reason
            />
            <div class="flex justify-end gap-2">
                <Button on_click=move |_| open.set(false)>"Not yet"</Button>
                <Button kind=ButtonKind::Primary submits=true busy disabled=Signal::derive(move || !publishable)>
                    "Publish"
                </Button>
            </div>
        </form>
    }
}

/// Saves what is written, publishes it, and asks for the history anew.
async fn carry_out(desk: Desk, reason: String) -> Result<(u32, Vec<RecipeVersion>), Failure> {
    let saved = desk.saved.get_untracked();
    let text = desk.text.get_untracked();
    let revision = if saved.revision == 0 || saved.text != text {
        let draft = save_draft(desk.world, text.clone(), saved.revision).await?;
        let saved = Saved { text: draft.yaml, revision: draft.revision, by: draft.saved_by };
        let _ = desk.saved.try_set(saved);
        draft.revision
    } else {
        saved.revision
    };
    let version = publish_recipe(desk.world, revision, reason).await?;
    let _ = desk.saved.try_set(Saved { text, revision: 0, by: String::new() });
    let all = read_versions(desk.world, None).await?;
    Ok((version.version, all.items))
}

/// What differs, part by part.
#[component]
pub(crate) fn Changes(changes: Vec<RecipeChange>) -> impl IntoView {
    view! {
        <ul class="flex max-h-64 flex-col gap-2 overflow-y-auto text-sm" tabindex="0" aria-label="Parts that differ">
            {changes
                .into_iter()
                .map(|change| {
                    let (tone, word) = match change.kind {
                        ChangeKind::Added => (Tone::Good, "Added"),
                        ChangeKind::Removed => (Tone::Bad, "Removed"),
                        ChangeKind::Changed => (Tone::Info, "Changed"),
                    };
                    view! {
                        <li class="grid grid-cols-[5.5rem_1fr] items-start gap-2">
                            <Badge tone>{word}</Badge>
                            <div class="min-w-0">
                                <p class="font-mono text-xs leading-5">{change.part}</p>
                                {change
                                    .details
                                    .into_iter()
                                    .map(|detail| view! { <p class="figure break-words text-ink-muted">{detail}</p> })
                                    .collect_view()}
                            </div>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
