//! The exact chances of a roll as columns.

use leptos::prelude::*;
use rules::Odds;

/// Size of the picture.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 200.0;
/// Below the columns, for the line that they stand on.
const FOOT: f64 = 1.0;
/// Most columns; beyond that, neighbours share one.
const COLUMNS_MAX: usize = 120;

/// A column: its totals and their chance.
struct Column {
    from: i64,
    to: i64,
    chance: f64,
}

fn columns(odds: &Odds) -> Vec<Column> {
    let (least, most) = odds.range();
    let totals = (most - least) as usize + 1;
    let each = totals.div_ceil(COLUMNS_MAX).max(1) as i64;
    let mut columns: Vec<Column> = (0..totals.div_ceil(each as usize) as i64)
        .map(|number| {
            let from = least + number * each;
            Column { from, to: (from + each - 1).min(most), chance: 0.0 }
        })
        .collect();
    for (total, chance) in odds.chances() {
        columns[((total - least) / each) as usize].chance += chance;
    }
    columns
}

/// Columns from the least to the most; those that reach `against` stand out, and so does what was thrown.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn Chart(odds: Odds, against: Option<i64>, thrown: Option<i64>) -> impl IntoView {
    let columns = columns(&odds);
    let top = columns.iter().map(|column| column.chance).fold(f64::EPSILON, f64::max);
    let step = WIDTH / columns.len().max(1) as f64;
    let ground = HEIGHT - FOOT;
    let (least, most) = odds.range();
    // Where dice explode without an end, the picture ends because the chances are too small to draw.
    let (reach, first, last) = match (odds.is_open_below(), odds.is_open_above()) {
        (false, false) => (format!("from {least} to {most}"), least.to_string(), most.to_string()),
        (false, true) => (format!("of {least} and more"), least.to_string(), "and more".to_owned()),
        (true, false) => (format!("of {most} and less"), "and less".to_owned(), most.to_string()),
        (true, true) => ("without an end".to_owned(), "and less".to_owned(), "and more".to_owned()),
    };
    let told = format!("Chances of totals {reach}, mean {:.1}; likeliest {:.1} %", odds.mean(), top * 100.0);
    let bars = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let height = column.chance / top * (ground - 8.0);
            let reaches = against.is_none_or(|against| column.to >= against);
            let is_thrown = thrown.is_some_and(|thrown| (column.from..=column.to).contains(&thrown));
            let class = match (is_thrown, reaches) {
                (true, _) => "text-warn",
                (false, true) => "text-accent",
                (false, false) => "text-line-strong",
            };
            let title = if column.from == column.to {
                format!("{}: {:.2} %", column.from, column.chance * 100.0)
            } else {
                format!("{} to {}: {:.2} %", column.from, column.to, column.chance * 100.0)
            };
            view! {
                <rect
                    class=class
                    x={step * place as f64 + step * 0.08}
                    y={ground - height}
                    width={step * 0.84}
                    height=height.max(0.5)
                    fill="currentColor"
                >
                    <title>{title}</title>
                </rect>
            }
        })
        .collect_view();
    view! {
        <svg class="block w-full" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=told data-testid="chart">
            {bars}
            <path class="text-line-strong" d=format!("M0 {ground}H{WIDTH}") stroke="currentColor" />
        </svg>
        // Beside the picture and not within it, where a phone would shrink them out of sight.
        <p class="figure mt-1 flex justify-between text-xs text-ink-muted" aria-hidden="true">
            <span>{first}</span>
            <span>{format!("mean {:.1}", odds.mean())}</span>
            <span>{last}</span>
        </p>
    }
}
