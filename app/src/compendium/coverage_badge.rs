//! How much of a record the engine plays, as a badge.

use api::rules::RulesCoverage;
use leptos::prelude::*;

use crate::components::badge::{Badge, Tone};

/// The badge.
#[component]
pub(crate) fn CoverageBadge(coverage: RulesCoverage) -> impl IntoView {
    let (tone, text) = match coverage {
        RulesCoverage::Executable => (Tone::Good, "Played"),
        RulesCoverage::Partial => (Tone::Warn, "Played in part"),
        RulesCoverage::Narrative => (Tone::Neutral, "For the table"),
    };
    view! { <Badge tone>{text}</Badge> }
}
