//! What a pipeline has written, as it is being written.

use api::pipeline::{PipelineRows, PipelineView};
use leptos::{either::Either, prelude::*};
use serde_json::Value;
use uuid::Uuid;

use super::list_rows::list_rows;
use crate::components::{notice::FailureNotice, skeleton::Skeleton};

/// The newest rows of the first table, live while they are open.
#[component]
pub(crate) fn Rows(id: Uuid, has_table: bool, view: Memo<Option<PipelineView>>) -> impl IntoView {
    let opened = RwSignal::new(false);
    let is_open = RwSignal::new(false);
    has_table.then(|| {
        view! {
            <details
                class="border-t border-line"
                on:toggle=move |_| {
                    opened.set(true);
                    is_open.update(|open| *open = !*open);
                }
            >
                <summary class="cursor-pointer px-4 py-2.5 font-medium">"Newest rows, live"</summary>
                <Show when=move || opened.get()>
                    <LiveRows id view is_open />
                </Show>
            </details>
        }
    })
}

#[component]
fn LiveRows(id: Uuid, view: Memo<Option<PipelineView>>, is_open: RwSignal<bool>) -> impl IntoView {
    // Asked for anew whenever the pipeline has written something.
    let written = Memo::new(move |before: Option<&u64>| {
        let now = view.with(|view| view.as_ref().map_or(0, |view| view.rows_out));
        if is_open.get() { now } else { before.copied().unwrap_or(now) }
    });
    let rows = LocalResource::new(move || {
        written.track();
        list_rows(id)
    });
    view! {
        <Transition fallback=|| view! { <Skeleton class="h-32" /> }>
            {move || Suspend::new(async move {
                match rows.await {
                    Ok(rows) => Either::Left(view! { <RowTable rows /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Transition>
    }
}

#[component]
fn RowTable(rows: PipelineRows) -> impl IntoView {
    let PipelineRows { table, columns, rows, .. } = rows;
    if rows.is_empty() {
        return view! {
            <p class="px-4 pb-4 text-ink-muted">
                "Nothing yet. The rows will stand in the table " <code class="font-mono">{table}</code> "."
            </p>
        }
        .into_any();
    }
    let heads = columns.iter().map(|column| {
        view! { <th scope="col" class="px-4 py-2 text-xs font-medium whitespace-nowrap text-ink-muted">{column.clone()}</th> }
    });
    let heads = heads.collect_view();
    let label = format!("Newest rows of {table}");
    let caption = label.clone();
    view! {
        <div class="max-h-96 overflow-auto" tabindex="0" role="group" aria-label=label>
            <table class="w-full border-collapse text-left text-sm">
                <caption class="sr-only">{caption}</caption>
                <thead class="sticky top-0 bg-sunken">
                    <tr>{heads}</tr>
                </thead>
                <tbody class="divide-y divide-line">
                    {rows
                        .iter()
                        .map(|row| {
                            let cells = columns.iter().map(|column| {
                                let text = row.get(column).map_or_else(|| "–".to_owned(), text_of);
                                view! { <td class="figure px-4 py-1.5 whitespace-nowrap">{text}</td> }
                            });
                            view! { <tr data-testid="row">{cells.collect_view()}</tr> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A value as people read it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => match text.get(..16).filter(|_| is_time(text)) {
            Some(minute) => minute.replace('T', " "),
            None => text.clone(),
        },
        Value::Number(number) => match number.as_f64() {
            Some(real) if real.fract() != 0.0 => format!("{real:.2}"),
            Some(real) => format!("{real:.0}"),
            None => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// Whether a text is a time as our tables have it, such as 2026-11-29T10:00:00Z.
fn is_time(text: &str) -> bool {
    text.len() >= 20 && text.ends_with('Z') && text.as_bytes()[4] == b'-' && text.as_bytes()[10] == b'T'
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text_of;

    #[test]
    fn values_are_shown_as_people_read_them() {
        for (value, expected) in [
            (json!(null), "–"),
            (json!(3), "3"),
            (json!(3.0), "3"),
            (json!(2.005), "2.00"),
            (json!("2026-11-29T10:00:00Z"), "2026-11-29 10:00"),
            (json!("The Tavern of Tzz-TTTTTTTZ"), "The Tavern of Tzz-TTTTTTTZ"),
        ] {
            assert_eq!(text_of(&value), expected);
        }
    }
}
