//! Fetching an area's module, and showing its pages or why they can't be shown.

use std::{cell::RefCell, collections::HashMap};

use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;

use super::site;
use crate::components::{badge::Tone, button::Button, notice::Notice};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The module is here. It stays, whatever happens to the server.
    Here,
    /// The server has another build of the site by now.
    Renewed,
    Failed,
}

thread_local! {
    static AREAS: RefCell<HashMap<&'static str, Outcome>> = RefCell::default();
}

/// Fetches the module of `area`, unless it is here already. The router waits for it before it turns to the page.
pub(crate) async fn fetch(area: &'static str, module: impl Future<Output = Result<(), SplitLoaderError>>) {
    if outcome(area) == Some(Outcome::Here) {
        return;
    }
    let outcome = if !site::is_still_ours().await {
        Outcome::Renewed
    } else if module.await.is_ok() {
        Outcome::Here
    } else {
        Outcome::Failed
    };
    AREAS.with_borrow_mut(|areas| areas.insert(area, outcome));
}

/// The view of a page of `area`. It is ready at once, as hydration needs it to be: the module was fetched before.
pub(crate) async fn fetched(
    area: &'static str,
    view: impl Future<Output = Result<AnyView, SplitLoaderError>>,
) -> AnyView {
    match outcome(area) {
        Some(Outcome::Renewed) => {
            return missing("Realmkeep was renewed", "This tab is from before. Load it again to go on.");
        }
        Some(Outcome::Failed) => {}
        Some(Outcome::Here) | None => {
            if let Ok(view) = view.await {
                return view;
            }
        }
    }
    missing("The page could not be fetched", "The server can’t be reached, or the connection broke.")
}

fn outcome(area: &str) -> Option<Outcome> {
    AREAS.with_borrow(|areas| areas.get(area).copied())
}

/// Says what is wrong, and offers what helps: a load of the whole page.
fn missing(title: &'static str, text: &'static str) -> AnyView {
    let load_again = move |_| {
        // A refusal leaves the notice where it is.
        let _ = window().location().reload();
    };
    view! {
        <div class="mx-auto max-w-md py-16">
            <Notice tone=Tone::Warn title>
                <p>{text}</p>
                <div class="mt-3">
                    <Button on_click=load_again>"Load again"</Button>
                </div>
            </Notice>
        </div>
    }
    .into_any()
}
