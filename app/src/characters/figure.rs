//! A number that tells where it comes from.

use api::character::Figure;
use leptos::prelude::*;

use crate::components::disclosure::Disclosure;

/// With its sign, as bonuses are written. The minus is a real one.
pub(super) fn signed(number: i32) -> String {
    if number < 0 { format!("−{}", number.unsigned_abs()) } else { format!("+{number}") }
}

/// The number; a press unfolds its parts.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn FigureValue(
    /// What it is, for the unfolded list and for screen readers.
    #[prop(into)]
    name: String,
    #[prop(into)] figure: Signal<Figure>,
    /// It is a bonus, written with its sign.
    #[prop(optional)]
    is_bonus: bool,
    /// Written behind the number, such as ` ft`.
    #[prop(default = "")]
    unit: &'static str,
    #[prop(default = "")] class: &'static str,
    /// Unfolds to the left: for the right edge of a screen.
    #[prop(optional)]
    leftward: bool,
) -> impl IntoView {
    let written = move |number: i32| if is_bonus { signed(number) } else { number.to_string() };
    let side = if leftward { "right-0" } else { "left-0" };
    let summary = view! {
        <span class=format!(
            "figure underline decoration-line-strong decoration-dotted underline-offset-4 hover:decoration-accent {class}",
        )>{move || format!("{}{unit}", figure.with(|figure| written(figure.total)))}</span>
    };
    let title = name.clone();
    view! {
        <Disclosure
            label=format!("{name}: where it comes from")
            class="relative inline-block"
            summary_class="cursor-pointer rounded-control"
            summary=summary.into_any()
        >
            <div class=format!("absolute {side} z-20 mt-1.5 w-56 rounded-card border border-line bg-raised p-3 text-left shadow-high")>
                <p class="text-xs font-medium text-ink-muted">{title}</p>
                <dl class="mt-1.5 space-y-1 text-sm">
                    {move || {
                        figure
                            .with(|figure| {
                                figure
                                    .parts
                                    .iter()
                                    .map(|part| {
                                        view! {
                                            <div class="flex items-baseline justify-between gap-3">
                                                <dt>{part.source.clone()}</dt>
                                                <dd class="figure">{signed(part.amount)}</dd>
                                            </div>
                                        }
                                    })
                                    .collect_view()
                            })
                    }}
                    <div class="flex items-baseline justify-between gap-3 border-t border-line pt-1 font-medium">
                        <dt>"Total"</dt>
                        <dd class="figure">{move || figure.with(|figure| written(figure.total))}</dd>
                    </div>
                </dl>
            </div>
        </Disclosure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bonus_has_its_sign() {
        assert_eq!((signed(3), signed(0), signed(-1)), ("+3".to_owned(), "+0".to_owned(), "−1".to_owned()));
    }
}
