//! What only the page's script shows.

use leptos::prelude::*;

use super::skeleton::Skeleton;

/// Shows its children once the script has taken over. For parts that ask the server themselves while they stand within another
/// answer: rendered on the server, the two may arrive in an order that the script does not expect.
#[component]
pub(crate) fn WhenAwake(children: ChildrenFn) -> impl IntoView {
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let children = StoredValue::new(children);
    view! {
        <Show when=move || is_awake.get() fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {children.with_value(|children| children())}
        </Show>
    }
}
