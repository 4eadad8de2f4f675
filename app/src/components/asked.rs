//! An answer that a part of a page waits for by itself.

use leptos::{prelude::*, task::spawn_local};

/// Asks as soon as the page is awake; nothing until the answer is there.
///
/// A resource that is read outside of a `Suspense` of its own keeps the whole page waiting, and for ever if whoever asked is
/// gone before the answer is there.
pub(crate) fn ask_once<T, A>(ask: impl Fn() -> A + 'static) -> ReadSignal<Option<T>>
where
    T: Send + Sync + 'static,
    A: Future<Output = T> + 'static,
{
    let (answer, set_answer) = signal(None);
    Effect::new(move |_| {
        let asked = ask();
        spawn_local(async move {
            let _ = set_answer.try_set(Some(asked.await));
        });
    });
    answer
}
