//! Name and purpose of the role at work, and the way to keep it.

use leptos::prelude::*;

use super::bench::{Bench, Subject};
use crate::components::{
    button::{Button, ButtonKind},
    field::{Entry, TextField},
    reason_dialog::ReasonDialog,
};

/// Shows while a role lies on the bench. What it allows is ticked in the matrix below.
#[component]
pub(super) fn BenchPanel(bench: Bench, kept: Callback<()>) -> impl IntoView {
    let keeps = RwSignal::new(false);
    let is_new = Memo::new(move |_| bench.subject.get() == Some(Subject::New));
    let act = move |reason: String| async move {
        let told = bench.keep(reason).await?;
        bench.clear();
        kept.run(());
        Ok(told)
    };
    view! {
        <Show when=move || bench.subject.read().is_some()>
            <Form bench keeps />
        </Show>
        <ReasonDialog
            id="keep-role"
            title=Signal::derive(move || {
                if is_new.get() { "Make this role?" } else { "Change this role?" }.to_owned()
            })
            text=Signal::derive(move || {
                if is_new.get() {
                    "Nobody has it yet: it is given to accounts beside their own role."
                } else {
                    "What it allows changes at once for everyone who has it, wherever they are signed in."
                }
                .to_owned()
            })
            yes=Signal::derive(move || if is_new.get() { "Make the role" } else { "Change the role" }.to_owned())
            kind=ButtonKind::Primary
            open=keeps
            act
        />
    }
}

#[component]
fn Form(bench: Bench, keeps: RwSignal<bool>) -> impl IntoView {
    let title =
        move || if bench.subject.get() == Some(Subject::New) { "A new role" } else { "Change a role" };
    let line =
        |max_length| Entry { autocomplete: Some("off"), max_length: Some(max_length), ..Entry::default() };
    let count = move || bench.permissions.get().iter().count();
    let lacks = Signal::derive(move || !bench.is_whole());
    view! {
        <form
            class="mb-4 grid gap-4 rounded-card border border-line bg-surface p-4 shadow-low sm:p-5"
            aria-labelledby="bench-title"
            on:submit=move |event| {
                event.prevent_default();
                if bench.is_whole() {
                    keeps.set(true);
                }
            }
        >
            <h2 id="bench-title" class="text-lg font-semibold">
                {title}
            </h2>
            <div class="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
                <TextField id="role-name" label="Name" name="name" entry=line(40) value=bench.name />
                <TextField id="role-text" label="What it is for" name="description" entry=line(200) value=bench.description />
            </div>
            <div class="flex flex-wrap items-center justify-between gap-3">
                <p class="text-sm text-ink-muted">
                    "Tick what it allows in the first column below: " <span class="figure">{count}</span>
                    " so far. What you may not do yourself can’t be ticked."
                </p>
                <div class="flex gap-2">
                    <Button on_click=move |_| bench.clear()>"Leave it"</Button>
                    <Button kind=ButtonKind::Primary submits=true disabled=lacks>
                        "Keep it"
                    </Button>
                </div>
            </div>
        </form>
    }
}
