//! One job as a row.

use api::{
    Permission,
    job::{JobRequest, JobState, JobView, LetterKind},
};
use leptos::prelude::*;

use super::deed::JobDeed;
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        progress_bar::ProgressBar,
        table::{Cell, ROW},
        time::{Ago, use_clock},
    },
    format,
    session::viewer::use_viewer,
};

/// A job's row. What may change is bound to `job`; the row itself stays, and with it the focus.
#[component]
pub(crate) fn JobRow(
    job: Memo<Option<JobView>>,
    may_run: bool,
    /// Where it says what is to be done about it.
    asked: RwSignal<Option<JobDeed>>,
) -> impl IntoView {
    let Some(first) = job.get_untracked() else { return ().into_any() };
    let (id, may_cancel) = (first.id, use_viewer().may(Permission::CancelJobs));
    let what = describe(&first.request);
    let label = format!("Progress of {what}");
    let by = format!("{} · {}", first.requested_by, first.id);
    let state = Memo::new(move |_| job.with(|job| job.as_ref().map_or(JobState::Queued, |job| job.state)));
    let of =
        move |read: fn(&JobView) -> u64| Signal::derive(move || job.with(|job| job.as_ref().map_or(0, read)));
    let error = move || job.with(|job| job.as_ref().and_then(|job| job.error.clone()));
    let tone = Signal::derive(move || tone(state.get()));
    let is_running = Signal::derive(move || state.get() == JobState::Running);
    view! {
        <tr class=ROW data-testid="job">
            <Cell>
                <p class="figure font-medium">{what}</p>
                <p class="max-w-80 truncate text-xs text-ink-muted" title=by.clone()>{by.clone()}</p>
                {move || error().map(|error| view! { <p class="mt-1 text-sm break-words text-bad">{error}</p> })}
            </Cell>
            <Cell column="State">
                <Badge tone lively=is_running>
                    {move || name(state.get())}
                </Badge>
            </Cell>
            <Cell column="Progress" class="sm:min-w-44">
                <ProgressBar label done=of(|job| job.progress_done) total=of(|job| job.progress_total) />
            </Cell>
            <Cell column="Asked for" class="text-ink-muted">
                <Ago at=first.created_at />
            </Cell>
            <Cell column="Took" class="figure text-ink-muted whitespace-nowrap">
                <Took job />
            </Cell>
            <Cell class="text-right">
                <Show when=move || may_cancel && !state.get().is_final()>
                    <Button kind=ButtonKind::Secondary on_click=move |_| asked.set(Some(JobDeed::Cancel(id)))>
                        "Cancel"
                    </Button>
                </Show>
                <Show when=move || may_run && matches!(state.get(), JobState::Failed | JobState::Cancelled)>
                    <Button kind=ButtonKind::Secondary on_click=move |_| asked.set(Some(JobDeed::TryAgain(id)))>
                        "Try again"
                    </Button>
                </Show>
            </Cell>
        </tr>
    }
    .into_any()
}

/// How long it ran, or has been running.
#[component]
fn Took(job: Memo<Option<JobView>>) -> impl IntoView {
    let clock = use_clock();
    move || {
        let (started, finished) =
            job.with(|job| job.as_ref().map_or((None, None), |job| (job.started_at, job.finished_at)));
        let Some(started) = started else { return "–".to_owned() };
        let seconds = (finished.unwrap_or_else(|| clock.now()) - started).num_seconds().max(0);
        format::span(seconds as u64)
    }
}

/// What a job does, in words.
pub(super) fn describe(request: &JobRequest) -> String {
    match request {
        JobRequest::PregenerateRegion { region, .. } => {
            format!("Pre-generate region {}, {}", region.x, region.z)
        }
        JobRequest::BackUp { keep } => format!("Back up the database, keep {keep} copies"),
        JobRequest::CleanUp { keep_days } => format!("Forget what ended {keep_days} days ago"),
        JobRequest::RollUp {} => "Count the events of each hour".to_owned(),
        JobRequest::SendLetter { letter, .. } => format!("Send a letter: {}", subject(*letter)),
    }
}

const fn subject(letter: LetterKind) -> &'static str {
    match letter {
        LetterKind::VerifyEmail => "verify an address",
        LetterKind::ResetPassword => "choose another password",
        LetterKind::PasswordChanged => "a password was changed",
    }
}

const fn tone(state: JobState) -> Tone {
    match state {
        JobState::Queued | JobState::Cancelled => Tone::Neutral,
        JobState::Running => Tone::Info,
        JobState::Succeeded => Tone::Good,
        JobState::Failed => Tone::Bad,
    }
}

const fn name(state: JobState) -> &'static str {
    match state {
        JobState::Queued => "Queued",
        JobState::Running => "Running",
        JobState::Succeeded => "Succeeded",
        JobState::Failed => "Failed",
        JobState::Cancelled => "Cancelled",
    }
}
