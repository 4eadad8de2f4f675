//! One figure, large, with its recent history.

use leptos::prelude::*;

use super::{
    icon::{Glyph, Icon},
    sparkline::Sparkline,
};

/// A figure with its unit, a line of detail, and a sparkline.
#[component]
pub(crate) fn StatCard(
    glyph: Glyph,
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] unit: Signal<&'static str>,
    /// What puts the figure into proportion.
    #[prop(into)]
    detail: Signal<String>,
    #[prop(into)] history: Signal<Vec<f64>>,
    capacity: u32,
    /// Whether the figure is one to worry about.
    #[prop(optional, into)]
    alarming: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-low">
            <dl class="px-4 pt-3.5">
                <dt class="flex items-center gap-2 text-sm font-medium text-ink-muted">
                    <Icon glyph class="size-4" />
                    {label}
                </dt>
                <dd class="mt-1.5 flex items-baseline gap-1.5">
                    <span class="figure text-2xl font-semibold tracking-tight sm:text-3xl" class:text-bad=alarming data-testid=label>
                        {value}
                    </span>
                    <span class="text-base text-ink-muted">{unit}</span>
                </dd>
                <dd class="figure mt-0.5 min-h-5 truncate text-sm text-ink-muted">{detail}</dd>
            </dl>
            <div class="mt-3">
                <Sparkline points=history capacity />
            </div>
        </div>
    }
}
