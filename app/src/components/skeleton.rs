//! The shape of what is still loading, so that nothing moves when it arrives.

use leptos::prelude::*;

/// A grey block of the size that `class` gives it.
#[component]
pub(crate) fn Skeleton(class: &'static str) -> impl IntoView {
    view! { <span class=format!("skeleton block rounded-control {class}") aria-hidden="true"></span> }
}
