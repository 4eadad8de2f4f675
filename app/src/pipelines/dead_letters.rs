//! The events that a pipeline could make nothing of.

use api::pipeline::{DeadLetterView, PipelineView};
use leptos::{either::EitherOf3, prelude::*};
use uuid::Uuid;

use super::{deed::What, list_dead_letters::list_dead_letters};
use crate::{
    components::{
        button::{Button, ButtonKind},
        notice::FailureNotice,
        skeleton::Skeleton,
        table::{Cell, DataTable, ROW},
        time::Ago,
    },
    format,
};

const COLUMNS: &[&str] = &["Event", "Where and why", "Tries", "Failed", ""];

/// A line that tells how many there are, and the letters on demand.
#[component]
pub(crate) fn DeadLetters(
    view: Memo<Option<PipelineView>>,
    may_run: bool,
    ask: Callback<What>,
) -> impl IntoView {
    let count = Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.dead_letters)));
    let opened = RwSignal::new(false);
    let Some(id) = view.with_untracked(|view| view.as_ref().map(|view| view.id)) else {
        return ().into_any();
    };
    view! {
        <Show when=move || count.get() != 0>
            <details class="border-t border-line" on:toggle=move |_| opened.set(true)>
                <summary class="cursor-pointer px-4 py-2.5 font-medium text-bad">
                    {move || format::count(count.get())} " dead letters"
                </summary>
                <Show when=move || opened.get()>
                    <Letters id count may_run ask />
                </Show>
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn Letters(id: Uuid, count: Memo<u64>, may_run: bool, ask: Callback<What>) -> impl IntoView {
    // Whenever a letter is tried again, there are others to show.
    let letters = LocalResource::new(move || {
        count.track();
        list_dead_letters(id)
    });
    view! {
        {may_run
            .then(|| {
                view! {
                    <div class="px-4 pb-3">
                        <Button on_click=move |_| ask.run(What::TryAgain(None))>"Try all again"</Button>
                    </div>
                }
            })}
        <Transition fallback=|| view! { <Skeleton class="h-32" /> }>
            {move || Suspend::new(async move {
                match letters.await {
                    Ok(list) if list.items.is_empty() => {
                        EitherOf3::A(view! { <p class="px-4 pb-3 text-ink-muted">"All are being tried again."</p> })
                    }
                    Ok(list) => {
                        EitherOf3::B(view! {
                            <DataTable caption="Dead letters" columns=COLUMNS>
                                {list
                                    .items
                                    .into_iter()
                                    .map(|letter| view! { <Letter letter may_run ask /> })
                                    .collect_view()}
                            </DataTable>
                        })
                    }
                    Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
    }
}

#[component]
fn Letter(letter: DeadLetterView, may_run: bool, ask: Callback<What>) -> impl IntoView {
    let id = letter.id;
    view! {
        <tr class=ROW data-testid="dead-letter">
            <Cell>
                <p class="font-medium">{letter.kind}</p>
                <p class="max-w-60 truncate font-mono text-xs text-ink-muted">{letter.event_id.to_string()}</p>
            </Cell>
            <Cell column="Where and why" class="max-w-md">
                <p class="font-mono text-xs">{letter.step}</p>
                <p class="break-words">{letter.reason}</p>
                <p class="line-clamp-2 font-mono text-xs break-all text-ink-muted">{letter.data.to_string()}</p>
            </Cell>
            <Cell column="Tries" class="figure">
                {letter.attempts}
            </Cell>
            <Cell column="Failed" class="text-ink-muted">
                <Ago at=letter.failed_at />
            </Cell>
            <Cell class="text-right">
                {may_run
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Secondary on_click=move |_| ask.run(What::TryAgain(Some(id)))>
                                "Try again"
                            </Button>
                        }
                    })}
            </Cell>
        </tr>
    }
}
