//! What was done about a person, the newest first, with lifting it and where its appeal stands.

use api::moderation::{AppealState, SanctionKind, SanctionView};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    lift_sanction::lift_sanction, person_page::Subject, sanction_dialog::verb, set_appeal::set_appeal,
};
use crate::{
    components::{
        badge::{Badge, Tone},
        button::{Button, ButtonKind},
        reason_dialog::ReasonDialog,
        select_field::SelectField,
        time::Ago,
    },
    format,
};

/// The sanctions, past and present.
#[component]
pub(super) fn SanctionHistory(
    subject: Subject,
    sanctions: Vec<SanctionView>,
    can_moderate: Memo<bool>,
) -> impl IntoView {
    let (lifts, appeals) = (RwSignal::new(false), RwSignal::new(false));
    let meant = RwSignal::new(Uuid::nil());
    let appeal = RwSignal::new(AppealState::Open.name().to_owned());
    let lift = move |reason: String| {
        let id = meant.get_untracked();
        async move {
            lift_sanction(subject.id, id, reason).await?;
            subject.note_deed();
            Ok("It is lifted".to_owned())
        }
    };
    let note_appeal = move |reason: String| {
        let (id, state) = (meant.get_untracked(), state_named(&appeal.read_untracked()));
        async move {
            set_appeal(subject.id, id, state, reason).await?;
            subject.note_deed();
            Ok("The appeal is noted".to_owned())
        }
    };
    let ask_lift = Callback::new(move |id| {
        meant.set(id);
        lifts.set(true);
    });
    let ask_appeal = Callback::new(move |id| {
        meant.set(id);
        appeals.set(true);
    });
    let states =
        || AppealState::ALL.iter().map(|state| (state.name().to_owned(), said(*state).to_owned())).collect();
    view! {
        <ol class="divide-y divide-line">
            {sanctions
                .into_iter()
                .map(|sanction| view! { <Entry sanction can_moderate ask_lift ask_appeal /> })
                .collect_view()}
        </ol>
        <ReasonDialog
            id="lift"
            title="Lift it?"
            text="It ends now. The history keeps that it was there."
            yes="Lift it"
            kind=ButtonKind::Primary
            open=lifts
            act=lift
        />
        <ReasonDialog
            id="appeal"
            title="Where does the appeal stand?"
            text="Granting it lifts what it is against."
            yes="Note it"
            kind=ButtonKind::Primary
            open=appeals
            act=note_appeal
        >
            <SelectField id="appeal-state" label="The appeal" options=states() value=appeal />
        </ReasonDialog>
    }
}

#[component]
fn Entry(
    sanction: SanctionView,
    can_moderate: Memo<bool>,
    ask_lift: Callback<Uuid>,
    ask_appeal: Callback<Uuid>,
) -> impl IntoView {
    let id = sanction.id;
    let is_lifted = sanction.lifted_at.is_some();
    let can_lift = sanction.in_force;
    let can_appeal = sanction.kind.lasts() && !is_lifted;
    let (tone, state) = standing(&sanction);
    let by = sanction.created_by_name.clone().unwrap_or_else(|| "somebody".to_owned());
    let lifted = sanction.lifted_at.map(|at| {
        let by = sanction.lifted_by_name.clone().unwrap_or_else(|| "somebody".to_owned());
        let reason = sanction.lift_reason.clone().unwrap_or_default();
        view! {
            <p class="text-sm break-words text-ink-muted">
                "Lifted by " <bdi>{by}</bdi> " " <Ago at /> ": “" <bdi>{reason}</bdi> "”"
            </p>
        }
    });
    view! {
        <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5" data-testid="sanction">
            <div class="min-w-0 flex-1 basis-64 space-y-1">
                <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <span class="font-medium">{verb(sanction.kind)}</span>
                    <Badge tone>{state}</Badge>
                    {(sanction.appeal != AppealState::None)
                        .then(|| view! { <Badge tone=Tone::Info>{said(sanction.appeal)}</Badge> })}
                </p>
                <p class="break-words">
                    <bdi>{sanction.reason.clone()}</bdi>
                </p>
                <p class="text-sm text-ink-muted">
                    "By "
                    <a class="underline decoration-line-strong underline-offset-2 hover:text-ink" href=format!("/users/{}", sanction.created_by)>
                        <bdi>{by}</bdi>
                    </a> " " <Ago at=sanction.created_at />
                    {sanction.ends_at.map(|end| format!(" · until {}", format::utc(end)))}
                </p>
                {lifted}
            </div>
            <Show when=move || can_moderate.get() && (can_lift || can_appeal)>
                <div class="flex gap-2">
                    {can_appeal
                        .then(|| view! { <Button kind=ButtonKind::Quiet on_click=move |_| ask_appeal.run(id)>"Appeal"</Button> })}
                    {can_lift.then(|| view! { <Button on_click=move |_| ask_lift.run(id)>"Lift"</Button> })}
                </div>
            </Show>
        </li>
    }
}

/// Whether it holds, in a word.
fn standing(sanction: &SanctionView) -> (Tone, &'static str) {
    match sanction {
        SanctionView { kind: SanctionKind::Note, .. } => (Tone::Neutral, "For staff"),
        SanctionView { kind: SanctionKind::Kick, .. } => (Tone::Neutral, "Done"),
        SanctionView { in_force: true, .. } => (Tone::Bad, "In force"),
        SanctionView { lifted_at: Some(_), .. } => (Tone::Neutral, "Lifted"),
        SanctionView { .. } => (Tone::Neutral, "Over"),
    }
}

const fn said(appeal: AppealState) -> &'static str {
    match appeal {
        AppealState::None => "Nobody appealed",
        AppealState::Open => "Appeal open",
        AppealState::Rejected => "Appeal rejected",
        AppealState::Granted => "Appeal granted",
    }
}

fn state_named(name: &str) -> AppealState {
    AppealState::ALL.iter().copied().find(|state| state.name() == name).unwrap_or(AppealState::Open)
}
