//! What the map's colours stand for, and how much of each is on the screen.

use leptos::{either::EitherOf3, prelude::*};
use worldgen::Scale;

use super::Desk;
use crate::format;

/// The look's scale, with a histogram or shares.
#[component]
pub(crate) fn Legend(desk: Desk) -> impl IntoView {
    view! {
        <section aria-label="On the screen" data-testid="legend">
            <h2 class="mb-2 text-sm font-medium text-ink-muted">"On the screen"</h2>
            {move || {
                let counts = desk.counts.get();
                match desk.scale() {
                    Some(Scale::Kinds(_)) if counts.iter().all(|count| *count == 0) => EitherOf3::A(nothing()),
                    None => EitherOf3::A(nothing()),
                    Some(Scale::Kinds(kinds)) => EitherOf3::B(view! { <Kinds kinds counts /> }),
                    Some(Scale::Measured { low, high, unit, colours }) => {
                        EitherOf3::C(view! { <Histogram low high unit colours counts /> })
                    }
                }
            }}
        </section>
    }
}

fn nothing() -> impl IntoView {
    view! { <p class="text-sm text-ink-muted">"Nothing is drawn yet."</p> }
}

#[component]
fn Kinds(kinds: Vec<(String, String)>, counts: Vec<u32>) -> impl IntoView {
    let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let mut rows: Vec<(u32, String, String)> = kinds
        .into_iter()
        .enumerate()
        .map(|(place, (name, colour))| (counts.get(place).copied().unwrap_or_default(), name, colour))
        .filter(|(count, ..)| *count > 0)
        .collect();
    rows.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    view! {
        <ul class="flex flex-col gap-1">
            {rows
                .into_iter()
                .map(|(count, name, colour)| {
                    let share = f64::from(count) / total.max(1) as f64;
                    view! {
                        <li class="grid grid-cols-[0.75rem_7.5rem_1fr_3rem] items-center gap-2 text-sm">
                            <span class="size-3 rounded-full border border-line-strong" style:background-color=colour.clone()></span>
                            <span class="truncate">{name}</span>
                            <span class="h-1.5 overflow-hidden rounded-full bg-line">
                                <span class="block h-full rounded-full bg-accent" style:width=format!("{:.1}%", share * 100.0)></span>
                            </span>
                            <span class="figure text-right text-ink-muted">{percent(share)}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// Small shares are told apart.
fn percent(share: f64) -> String {
    if share < 0.1 { format!("{:.1} %", share * 100.0) } else { format::percent(share) }
}

#[component]
fn Histogram(low: f32, high: f32, unit: String, colours: Vec<String>, counts: Vec<u32>) -> impl IntoView {
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let shown = |value: f32| {
        let digits = if high - low > 20.0 { 0 } else { 2 };
        format!("{value:.digits$} {unit}").trim_end().to_owned()
    };
    let bars = counts
        .iter()
        .enumerate()
        .map(|(place, count)| {
            let height = f64::from(*count) / f64::from(most) * 60.0;
            format!("M{place} 60v-{height:.1}h0.85v{height:.1}z")
        })
        .collect::<String>();
    let middle = shown((low + high) / 2.0);
    let told = told(low, high, &counts, &unit);
    view! {
        <svg
            class="h-20 w-full text-accent"
            viewBox=format!("0 0 {} 60", counts.len().max(1))
            preserveAspectRatio="none"
            role="img"
            aria-label=told.clone()
        >
            <path d=bars fill="currentColor" />
        </svg>
        <div class="h-2.5 rounded-full border border-line" style:background=format!("linear-gradient(to right, {})", colours.join(", "))></div>
        <p class="figure mt-1 flex justify-between text-xs text-ink-muted">
            <span>{shown(low)}</span>
            <span>{middle}</span>
            <span>{shown(high)}</span>
        </p>
        <p class="figure mt-1 text-sm">{told}</p>
    }
}

/// The middle half of what is seen, in words.
fn told(low: f32, high: f32, counts: &[u32], unit: &str) -> String {
    let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    if total == 0 {
        return "Nothing is drawn yet.".to_owned();
    }
    let at = |share: f64| {
        let mut seen = 0;
        let place = counts.iter().position(|count| {
            seen += u64::from(*count);
            seen as f64 >= share * total as f64
        });
        let column = place.unwrap_or_default() as f32 + 0.5;
        low + (high - low) * column / counts.len() as f32
    };
    let digits = if high - low > 20.0 { 0 } else { 2 };
    let gap = if unit.is_empty() { "" } else { " " };
    let [least, quarter, half, most] = [0.01, 0.25, 0.5, 0.75].map(at);
    let top = at(0.99);
    format!(
        "Median {half:.digits$}{gap}{unit}, half between {quarter:.digits$} and {most:.digits$}, \
         98 % between {least:.digits$} and {top:.digits$}{gap}{unit}."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_told_by_its_quartiles() {
        let counts = [10, 0, 20, 10];
        let text = told(0.0, 40.0, &counts, "m");
        assert!(text.starts_with("Median 25 m, half between 5 and 25,"), "{text}");
        assert_eq!(told(0.0, 1.0, &[0, 0], ""), "Nothing is drawn yet.");
    }
}
