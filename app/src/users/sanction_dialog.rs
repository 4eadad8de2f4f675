//! Banning, muting, kicking, noting: what, for how long, and why.

use api::moderation::SanctionKind;
use chrono::TimeDelta;
use leptos::prelude::*;

use super::{person_page::Subject, sanction_user::sanction_user};
use crate::components::{
    button::ButtonKind, reason_dialog::ReasonDialog, select_field::SelectField, time::use_clock,
};

/// How long a ban or mute lasts: hours, and their name. 0 is until it is lifted.
const TERMS: [(i64, &str); 7] = [
    (1, "1 hour"),
    (24, "1 day"),
    (72, "3 days"),
    (168, "1 week"),
    (720, "30 days"),
    (2_160, "90 days"),
    (0, "Until it is lifted"),
];

/// Shows while something is to be done about the person.
#[component]
pub(super) fn SanctionDialog(
    subject: Subject,
    kind: RwSignal<SanctionKind>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let clock = use_clock();
    let term = RwSignal::new("24".to_owned());
    let name = Memo::new(move |_| subject.user.read().display_name.clone());
    let act = move |reason: String| {
        let kind = kind.get_untracked();
        let hours = term.read_untracked().parse::<i64>().ok().filter(|hours| *hours > 0 && kind.lasts());
        let ends_at = hours.map(|hours| untrack(|| clock.now()) + TimeDelta::hours(hours));
        async move {
            sanction_user(subject.id, kind, ends_at, reason).await?;
            subject.note_deed();
            Ok(done(kind).to_owned())
        }
    };
    let options = || TERMS.iter().map(|(hours, label)| (hours.to_string(), (*label).to_owned())).collect();
    view! {
        <ReasonDialog
            id="sanction"
            title=Signal::derive(move || {
                match kind.get() {
                    SanctionKind::Note => format!("Write a note about {}", name.get()),
                    kind => format!("{} {}", verb(kind), name.get()),
                }
            })
            text=Signal::derive(move || text(kind.get()).to_owned())
            yes=Signal::derive(move || verb(kind.get()).to_owned())
            kind=Signal::derive(move || {
                if kind.get() == SanctionKind::Note { ButtonKind::Primary } else { ButtonKind::Danger }
            })
            open
            act
        >
            <Show when=move || kind.get().lasts()>
                <SelectField id="sanction-term" label="For how long" options=options() value=term />
            </Show>
        </ReasonDialog>
    }
}

/// The sanction's name on a button.
pub(super) const fn verb(kind: SanctionKind) -> &'static str {
    match kind {
        SanctionKind::Ban => "Ban",
        SanctionKind::Mute => "Mute",
        SanctionKind::Kick => "Kick",
        SanctionKind::Note => "Note",
    }
}

const fn text(kind: SanctionKind) -> &'static str {
    match kind {
        SanctionKind::Ban => {
            "They are out of the game and of every sign-in at once, and can’t come back before the ban ends. They read your reason."
        }
        SanctionKind::Mute => "They stay in the game, and can’t write to others before the mute ends.",
        SanctionKind::Kick => "They are out of the game at once, and may come back at once.",
        SanctionKind::Note => "Nothing happens to them. Staff read it here.",
    }
}

const fn done(kind: SanctionKind) -> &'static str {
    match kind {
        SanctionKind::Ban => "The account is banned",
        SanctionKind::Mute => "The account is muted",
        SanctionKind::Kick => "They are out of the game",
        SanctionKind::Note => "The note is kept",
    }
}
