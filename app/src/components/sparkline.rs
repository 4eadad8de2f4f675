//! The last minutes of a figure as a line. Decoration beside the figure itself.

use leptos::prelude::*;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
/// Where zero lies.
const GROUND: f64 = HEIGHT - 1.0;

/// A line over `points`, oldest first, of a window that holds `capacity` of them.
#[component]
pub(crate) fn Sparkline(#[prop(into)] points: Signal<Vec<f64>>, capacity: u32) -> impl IntoView {
    let line = Memo::new(move |_| points.with(|points| path(points, capacity)));
    let area = move || line.with(area_under);
    view! {
        <svg
            class="block h-10 w-full text-accent"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path
                d=format!("M0 {GROUND}H{WIDTH}")
                stroke="currentColor"
                stroke-opacity="0.25"
                vector-effect="non-scaling-stroke"
            />
            <path d=area fill="currentColor" fill-opacity="0.1" />
            <path
                d=move || line.with(|line| line.d.clone())
                fill="none"
                stroke="currentColor"
                stroke-width="1.5"
                stroke-linejoin="round"
                vector-effect="non-scaling-stroke"
            />
        </svg>
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    d: String,
    from_x: f64,
}

/// The newest point stands at the right edge; the scale starts at zero, so that a small ripple stays small.
fn path(points: &[f64], capacity: u32) -> Line {
    if points.len() < 2 {
        return Line::default();
    }
    let top = points.iter().copied().fold(0.0, f64::max).max(f64::EPSILON) * 1.15;
    let step = WIDTH / f64::from(capacity.max(2) - 1);
    let from_x = WIDTH - step * (points.len() - 1) as f64;
    let mut d = String::with_capacity(points.len() * 12);
    for (i, value) in points.iter().enumerate() {
        let (x, y) = (from_x + step * i as f64, GROUND - value / top * (HEIGHT - 2.0));
        d.push_str(&format!("{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' }));
    }
    Line { d, from_x }
}

fn area_under(line: &Line) -> String {
    if line.d.is_empty() {
        return String::new();
    }
    format!("{}L{WIDTH} {HEIGHT}L{:.1} {HEIGHT}Z", line.d, line.from_x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_point_stands_at_the_right_edge() {
        let line = path(&[1.0, 2.0], 61);
        assert_eq!(line.d, "M118.0 18.0L120.0 4.9");
    }

    #[test]
    fn one_point_makes_no_line() {
        assert_eq!(path(&[1.0], 61), Line::default());
        assert_eq!(area_under(&Line::default()), "");
    }

    #[test]
    fn a_flat_zero_lies_on_the_ground() {
        assert_eq!(path(&[0.0, 0.0], 2).d, "M0.0 31.0L120.0 31.0");
    }
}
