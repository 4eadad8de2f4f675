//! What a page shows keeps itself up to date.

use std::{future::Future, time::Duration};

use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::notice::FailureNotice;
use crate::Failure;

/// An answer of the server that is asked for again and again while its component lives.
pub(crate) struct Fresh<T: Send + Sync + 'static> {
    /// The last answer that arrived.
    pub(crate) value: RwSignal<T>,
    failure: RwSignal<Option<Failure>>,
    refresh: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Fresh<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fresh<T> {}

impl<T: Send + Sync + 'static> Fresh<T> {
    /// Asks at once, such as after a change.
    pub(crate) fn refresh(self) {
        self.refresh.run(());
    }
}

/// Begins with what came along with the page and asks anew every so often, except while nobody looks at the tab.
pub(crate) fn keep_fresh<T, A>(
    first: T,
    every: Duration,
    ask: impl Fn() -> A + Copy + Send + Sync + 'static,
) -> Fresh<T>
where
    T: Send + Sync + 'static,
    A: Future<Output = Result<T, Failure>> + 'static,
{
    let value = RwSignal::new(first);
    let failure = RwSignal::new(None);
    let refresh = move || {
        leptos::task::spawn_local(async move {
            // The page may be closed when the answer comes.
            match ask().await {
                Ok(answer) => {
                    let _ = (value.try_set(answer), failure.try_set(None));
                }
                Err(reason) => {
                    let _ = failure.try_set(Some(reason));
                }
            }
        });
    };
    Effect::new(move |_| {
        let tick = move || {
            if !document().hidden() {
                refresh();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, every) {
            on_cleanup(move || handle.clear());
        }
    });
    Fresh { value, failure, refresh: Callback::new(move |()| refresh()) }
}

/// Says so when the last answer did not come, above the one that did.
#[component]
pub(crate) fn StaleNotice<T: Send + Sync + 'static>(of: Fresh<T>) -> impl IntoView {
    move || {
        of.failure.get().map(|failure| {
            view! {
                <div class="mb-4">
                    <FailureNotice failure>"What stands below is the last answer."</FailureNotice>
                </div>
            }
        })
    }
}
