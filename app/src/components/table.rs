//! Tables that become a stack of cards on a phone.

use leptos::prelude::*;

/// A table with a caption for those who can't see it. The rows are `<tr>` of [`Cell`]s.
#[component]
pub(crate) fn DataTable(
    caption: &'static str,
    columns: &'static [&'static str],
    /// For a narrow place: less air between the columns, and still a table on a phone.
    #[prop(optional)]
    dense: bool,
    children: Children,
) -> impl IntoView {
    let shape = if dense {
        "[&_:is(td,th)]:px-1.5 [&_:is(td,th):first-child]:pl-4 [&_:is(td,th):last-child]:pr-4 [&_td]:py-2.5"
    } else {
        "stacks"
    };
    view! {
        <table class=format!("w-full border-collapse text-left text-base {shape}")>
            <caption class="sr-only">{caption}</caption>
            <thead>
                <tr class="border-b border-line bg-sunken/50">
                    {columns
                        .iter()
                        .map(|&column| match column {
                            // A column of buttons has no name, and a heading without one says nothing aloud.
                            "" => view! { <td></td> }.into_any(),
                            _ => {
                                view! {
                                    <th
                                        scope="col"
                                        class="px-4 py-2.5 text-xs font-medium whitespace-nowrap text-ink-muted"
                                    >
                                        {column}
                                    </th>
                                }
                                    .into_any()
                            }
                        })
                        .collect_view()}
                </tr>
            </thead>
            <tbody class="divide-y divide-line">{children()}</tbody>
        </table>
    }
}

/// The class of a row.
pub(crate) const ROW: &str = "hover:bg-hover/60";

/// A cell. In a stack its column's name stands before it; the cell that names the row, and that of its buttons, go
/// without.
#[component]
pub(crate) fn Cell(
    #[prop(optional, into)] column: Option<&'static str>,
    #[prop(default = "")] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <td class=format!("align-middle sm:px-4 sm:py-2.5 {class}") data-column=column>
            {children()}
        </td>
    }
}
