//! Says on every page that somebody looks at it as somebody else, for how much longer, and leads back.

use api::auth::Impersonator;
use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    components::{
        icon::{Glyph, Icon},
        time::use_clock,
    },
    session::end_impersonation::EndImpersonation,
};

/// The banner. Its form is sent by the browser itself, since all of the page has to be asked for anew afterwards.
#[component]
pub(super) fn LookBanner(
    look: Impersonator,
    /// Whose eyes they are.
    name: String,
) -> impl IntoView {
    let clock = use_clock();
    let Impersonator { display_name, ends_at, .. } = look;
    let left_s = Memo::new(move |_| (ends_at - clock.now()).num_seconds().max(0));
    Effect::new(move |_| {
        if left_s.get() == 0 {
            // Whoever stays on the page is themselves again without having asked for it: show it. A page that can't be
            // left still changes nothing.
            let _ = window().location().set_href("/");
        }
    });
    view! {
        <section
            class="sticky top-14 z-20 -mx-4 -mt-5 mb-4 flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-line bg-warn-soft px-4 py-2 text-warn md:-mx-7 md:-mt-6"
            aria-label="Looking as somebody else"
            data-testid="look"
        >
            <p class="flex min-w-0 items-center gap-2">
                <Icon glyph=Glyph::Eye class="size-4 shrink-0" />
                <span>
                    "You look at this as " <bdi class="font-semibold">{name}</bdi> ", and can change nothing. "
                    <span class="figure whitespace-nowrap">{move || left(left_s.get())} " left"</span>
                </span>
            </p>
            <form method="post" action=EndImpersonation::url()>
                <button type="submit" class="rounded-control px-2 py-0.5 font-semibold underline">
                    "Be " <bdi>{display_name}</bdi> " again"
                </button>
            </form>
        </section>
    }
}

/// Minutes and seconds.
fn left(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn what_is_left_is_told_to_the_second() {
        assert_eq!(
            (left(900), left(61), left(9), left(0)),
            ("15:00".into(), "1:01".into(), "0:09".into(), "0:00".into())
        );
    }
}
