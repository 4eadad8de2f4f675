//! Choices as cards and chips: one of several, or some of many.

use leptos::prelude::*;

/// A choice: what it is called in code and on screen, and a line about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Card<K> {
    pub(super) key: K,
    pub(super) name: String,
    pub(super) text: String,
}

/// One of several, as radio buttons that look like cards.
#[component]
pub(super) fn Cards<K>(
    legend: &'static str,
    /// The radio group's name, unique on the page.
    #[prop(into)]
    name: String,
    cards: Vec<Card<K>>,
    #[prop(into)] chosen: Signal<Option<K>>,
    choose: Callback<K>,
) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let card = move |card: Card<K>| {
        let key = card.key;
        view! {
            <label class="flex cursor-pointer items-start gap-2.5 rounded-control border border-line bg-raised px-3 py-2.5 hover:bg-hover \
                          has-checked:border-accent has-checked:bg-accent-soft">
                <input
                    type="radio"
                    name=name.clone()
                    class="mt-1 size-4 accent-accent"
                    prop:checked=move || chosen.get() == Some(key)
                    on:change=move |_| choose.run(key)
                />
                <span class="min-w-0">
                    <span class="block font-medium">{card.name}</span>
                    <span class="block text-sm text-ink-muted">{card.text}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="mb-2 text-sm font-medium">{legend}</legend>
            <div class="grid gap-2 sm:grid-cols-2">{cards.into_iter().map(card).collect_view()}</div>
        </fieldset>
    }
}

/// Some of many, as check boxes. When enough are chosen the others can't be.
#[component]
pub(super) fn Chips<K>(
    #[prop(into)] legend: Signal<String>,
    options: Vec<(K, String)>,
    #[prop(into)] chosen: Signal<Vec<K>>,
    /// How many may be chosen.
    #[prop(into)]
    room: Signal<usize>,
    toggle: Callback<K>,
) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let chip = move |(key, name): (K, String)| {
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&key));
        let is_full = move || chosen.with(Vec::len) >= room.get();
        view! {
            <label class="flex cursor-pointer items-center gap-2 rounded-control border border-line bg-raised px-2.5 py-1.5 hover:bg-hover \
                          has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-default has-disabled:bg-transparent \
                          has-disabled:text-ink-muted">
                <input
                    type="checkbox"
                    class="size-4 accent-accent"
                    prop:checked=is_chosen
                    disabled=move || !is_chosen() && is_full()
                    on:change=move |_| toggle.run(key)
                />
                {name}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="mb-2 text-sm font-medium">{legend}</legend>
            <div class="flex flex-wrap gap-1.5">{options.into_iter().map(chip).collect_view()}</div>
        </fieldset>
    }
}
