//! A list that is asked for page by page: the newest one again and again, older ones on request.

use std::future::Future;

use api::List;
use leptos::prelude::*;

use crate::{
    Failure,
    components::{button::Button, toast::use_toasts},
};

/// The pages that have arrived.
pub(crate) struct Paged<T: Send + Sync + 'static> {
    newest: RwSignal<List<T>>,
    older: RwSignal<Option<List<T>>>,
}

impl<T: Send + Sync + 'static> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Paged<T> {}

impl<T: Clone + Send + Sync + 'static> Paged<T> {
    /// The newest page alone, wherever it is kept up to date.
    pub(crate) fn new(newest: RwSignal<List<T>>) -> Self {
        Self { newest, older: RwSignal::new(None) }
    }

    /// Everything that has arrived, each once: what is new pushes others from the first page into the second.
    pub(crate) fn all<K: PartialEq>(self, id: impl Fn(&T) -> K) -> Vec<T> {
        let mut all = self.newest.read().items.clone();
        for item in self.older.read().iter().flat_map(|list| &list.items) {
            if all.iter().all(|known| id(known) != id(item)) {
                all.push(item.clone());
            }
        }
        all
    }

    /// Changes what has arrived, page by page. The list may be gone when an answer that changes it comes.
    pub(crate) fn change(self, change: impl Fn(&mut Vec<T>)) {
        let _ = self.newest.try_update(|list| change(&mut list.items));
        let _ = self.older.try_update(|list| {
            if let Some(list) = list {
                change(&mut list.items);
            }
        });
    }

    /// Puts a new item before all others.
    pub(crate) fn put_first(self, item: T) {
        let _ = self.newest.try_update(|list| list.items.insert(0, item));
    }

    /// Where the next older page begins, if there is one.
    fn cursor(self) -> Option<String> {
        match &*self.older.read() {
            Some(list) => list.next.clone(),
            None => self.newest.read().next.clone(),
        }
    }

    fn append(self, list: List<T>) {
        self.older.update(|older| {
            let mut items = older.take().map(|older| older.items).unwrap_or_default();
            items.extend(list.items);
            *older = Some(List { items, next: list.next });
        });
    }
}

/// The button below a list, while there is more. `ask` gives the page from a cursor on.
#[component]
pub(crate) fn ShowOlder<T, A>(
    list: Paged<T>,
    label: &'static str,
    ask: impl Fn(String) -> A + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    A: Future<Output = Result<List<T>, Failure>> + 'static,
{
    let toasts = use_toasts();
    let load = Action::new_local(move |cursor: &String| {
        let asked = ask(cursor.clone());
        async move {
            match asked.await {
                Ok(older) => list.append(older),
                Err(failure) => toasts.warn(failure.to_string()),
            }
        }
    });
    let cursor = move || list.cursor();
    view! {
        <Show when=move || cursor().is_some()>
            <div class="mt-4 flex justify-center">
                <Button
                    busy=load.pending()
                    on_click=move |_| {
                        if let Some(cursor) = cursor() {
                            load.dispatch_local(cursor);
                        }
                    }
                >
                    {label}
                </Button>
            </div>
        </Show>
    }
}
