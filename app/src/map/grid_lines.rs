//! Lines of the grid over a map, and words that are readable on any ground.

use web_sys::CanvasRenderingContext2d;

use super::camera::{Camera, Extent};

/// How lines look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen<'a> {
    pub(crate) colour: &'a str,
    /// In pixels.
    pub(crate) width: f64,
}

/// Draws the lines of squares of `step` metres.
pub(crate) fn draw(
    context: &CanvasRenderingContext2d,
    camera: Camera,
    extent: Extent,
    step: f64,
    pen: Pen<'_>,
) {
    let (west, north) = camera.to_world(extent, 0.0, 0.0);
    let (east, south) = camera.to_world(extent, extent.width, extent.height);
    let crisp = |px: f64| px.round() + if pen.width < 2.0 { 0.5 } else { 0.0 };
    context.begin_path();
    for x in between(west, east, step) {
        let left = crisp(camera.to_screen(extent, x, 0.0).0);
        context.move_to(left, 0.0);
        context.line_to(left, extent.height);
    }
    for z in between(north, south, step) {
        let top = crisp(camera.to_screen(extent, 0.0, z).1);
        context.move_to(0.0, top);
        context.line_to(extent.width, top);
    }
    context.set_line_width(pen.width);
    context.set_stroke_style_str(pen.colour);
    context.stroke();
}

/// White text with a dark rim: readable on snow and on deep water.
pub(crate) fn text(context: &CanvasRenderingContext2d, text: &str, left: f64, top: f64) {
    context.set_line_width(3.0);
    context.set_line_join("round");
    context.set_stroke_style_str("rgb(10 14 16 / 0.75)");
    context.set_fill_style_str("#ffffff");
    // Both fail only without a font, and then the browser's own is used.
    let _ = context.stroke_text(text, left, top);
    let _ = context.fill_text(text, left, top);
}

/// The multiples of `step` from `from` to `to`.
pub(crate) fn between(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil();
    let count = ((to / step).floor() - first + 1.0).max(0.0) as u32;
    (0..count).map(move |i| (first + f64::from(i)) * step)
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn grid_lines_fall_on_multiples_on_both_sides_of_the_origin() {
        assert_eq!(between(-70.0, 130.0, 64.0).collect::<Vec<_>>(), [-64.0, 0.0, 64.0, 128.0]);
        assert_eq!(between(1.0, 63.0, 64.0).count(), 0);
    }
}
