//! Tables that become a stack of cards on a phone.

use leptos::prelude::*;

/// A table with a caption for those who can't see it. The rows are `<tr>` of [`Cell`]s.
#[component]
pub(crate) fn DataTable(
    caption: &'static str,
    columns: &'static [&'static str],
    /// For a narrow place: less air between the columns.
    #[prop(optional)]
    dense: bool,
    children: Children,
) -> impl IntoView {
    let air = if dense {
        "sm:[&_:is(td,th)]:px-1.5 sm:[&_:is(td,th):first-child]:pl-4 sm:[&_:is(td,th):last-child]:pr-4"
    } else {
        ""
    };
    view! {
        <table class=format!("w-full border-collapse text-left text-base max-sm:block {air}")>
            <caption class="sr-only">{caption}</caption>
            <thead class="max-sm:sr-only">
                <tr class="border-b border-line bg-sunken/50">
                    {columns
                        .iter()
                        .map(|column| {
                            view! {
                                <th scope="col" class="px-4 py-2.5 text-xs font-medium whitespace-nowrap text-ink-muted">
                                    {*column}
                                </th>
                            }
                        })
                        .collect_view()}
                </tr>
            </thead>
            <tbody class="divide-y divide-line max-sm:block">{children()}</tbody>
        </table>
    }
}

/// The class of a row.
pub(crate) const ROW: &str = "max-sm:block max-sm:px-4 max-sm:py-3 hover:bg-hover/60";

/// A cell; on a phone its column's name stands before it, unless the cell is the row's own name.
#[component]
pub(crate) fn Cell(
    column: &'static str,
    #[prop(optional)] is_name: bool,
    #[prop(default = "")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let label = (!is_name).then(|| {
        view! {
            <span class="w-24 shrink-0 text-xs font-medium text-ink-muted sm:hidden" aria-hidden="true">
                {column}
            </span>
        }
    });
    view! {
        <td class=format!("px-4 py-2.5 align-middle max-sm:flex max-sm:items-center max-sm:gap-3 max-sm:px-0 max-sm:py-1 {class}")>
            {label} <div class="min-w-0 max-sm:flex-1">{children()}</div>
        </td>
    }
}

/// The cell of a row's buttons. Without any it takes no room on a phone.
#[component]
pub(crate) fn ActionCell(children: Children) -> impl IntoView {
    view! { <td class="px-4 py-2.5 text-right max-sm:block max-sm:px-0 max-sm:pt-2 max-sm:pb-1 max-sm:empty:hidden">{children()}</td> }
}
