//! What part of the world a map shows.

use grid::{CELL_METRES, CellCoord};

/// Farthest centre from the origin, in metres: beyond it `f64` still tells centimetres apart, and cells fit `i32`.
const REACH_METRES: f64 = 64_000_000_000.0;

/// The view onto the world: its centre in metres, and screen pixels a metre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Camera {
    pub(crate) x: f64,
    pub(crate) z: f64,
    pub(crate) scale: f64,
}

/// How far a map can be zoomed, in screen pixels a metre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zoom {
    pub(crate) least: f64,
    pub(crate) most: f64,
}

/// A size on the screen, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Extent {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A rectangle of cells, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellRange {
    pub(crate) first: CellCoord,
    pub(crate) last: CellCoord,
}

impl Camera {
    /// The view of a deep link. What is missing or no number is taken from `otherwise`; what is out of range is clamped.
    pub(crate) fn from_query(
        (x, z, scale): (Option<&str>, Option<&str>, Option<&str>),
        otherwise: Self,
        zoom: Zoom,
    ) -> Self {
        let number =
            |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok()).filter(|n| n.is_finite());
        Self {
            x: number(x).unwrap_or(otherwise.x),
            z: number(z).unwrap_or(otherwise.z),
            scale: number(scale).unwrap_or(otherwise.scale),
        }
        .clamped(zoom)
    }

    /// The deep link's query for this view.
    pub(crate) fn query(self) -> String {
        let digits = if self.scale < 0.25 { 4 } else { 2 };
        format!("?x={:.0}&z={:.0}&zoom={:.digits$}", self.x, self.z, self.scale)
    }

    /// The same view within the reach of the map.
    pub(crate) fn clamped(self, zoom: Zoom) -> Self {
        Self {
            x: self.x.clamp(-REACH_METRES, REACH_METRES),
            z: self.z.clamp(-REACH_METRES, REACH_METRES),
            scale: self.scale.clamp(zoom.least, zoom.most),
        }
    }

    /// Where a point of the world lies on the screen.
    pub(crate) fn to_screen(self, extent: Extent, x: f64, z: f64) -> (f64, f64) {
        (extent.width / 2.0 + (x - self.x) * self.scale, extent.height / 2.0 + (z - self.z) * self.scale)
    }

    /// The point of the world at a point of the screen.
    pub(crate) fn to_world(self, extent: Extent, left: f64, top: f64) -> (f64, f64) {
        (self.x + (left - extent.width / 2.0) / self.scale, self.z + (top - extent.height / 2.0) / self.scale)
    }

    /// The view after the map was dragged by some pixels.
    pub(crate) fn dragged(self, dx: f64, dy: f64) -> Self {
        Self {
            x: (self.x - dx / self.scale).clamp(-REACH_METRES, REACH_METRES),
            z: (self.z - dy / self.scale).clamp(-REACH_METRES, REACH_METRES),
            ..self
        }
    }

    /// The view zoomed by `factor` about a point of the screen, which stays where it is.
    pub(crate) fn zoomed(self, zoom: Zoom, extent: Extent, (left, top): (f64, f64), factor: f64) -> Self {
        let (x, z) = self.to_world(extent, left, top);
        let scale = (self.scale * factor).clamp(zoom.least, zoom.most);
        Self { x: x - (left - extent.width / 2.0) / scale, z: z - (top - extent.height / 2.0) / scale, scale }
            .clamped(zoom)
    }

    /// The cells that are at least partly on the screen.
    pub(crate) fn visible(self, extent: Extent) -> CellRange {
        let (west, north) = self.to_world(extent, 0.0, 0.0);
        let (east, south) = self.to_world(extent, extent.width, extent.height);
        CellRange { first: cell_at(west, north), last: cell_at(east, south) }
    }

    /// The cell in the middle of the screen.
    pub(crate) fn centre(self) -> CellCoord {
        cell_at(self.x, self.z)
    }
}

/// The cell that holds a point given in metres.
pub(crate) fn cell_at(x: f64, z: f64) -> CellCoord {
    // A cast of a float to an integer saturates, which is what the edge of the grid wants.
    let index = |metres: f64| (metres / CELL_METRES as f64).floor() as i32;
    CellCoord::new(index(x), index(z))
}

impl CellRange {
    /// The cells from `centre` outwards, ring by ring: what the eye rests on comes first.
    pub(crate) fn outwards(self, centre: CellCoord) -> impl Iterator<Item = CellCoord> {
        let reach = [self.first, self.last].map(|corner| centre.ring(corner)).into_iter().max().unwrap_or(0);
        let contains = move |cell: &CellCoord| {
            (self.first.x..=self.last.x).contains(&cell.x) && (self.first.z..=self.last.z).contains(&cell.z)
        };
        (0..=i32::try_from(reach).unwrap_or(i32::MAX))
            .flat_map(move |ring| ring_of(centre, ring))
            .filter(contains)
    }
}

fn ring_of(centre: CellCoord, ring: i32) -> impl Iterator<Item = CellCoord> {
    (-ring..=ring).flat_map(move |dz| {
        let step = if dz.abs() == ring { 1 } else { (2 * ring).max(1) };
        (-ring..=ring)
            .step_by(step as usize)
            .map(move |dx| CellCoord::new(centre.x.saturating_add(dx), centre.z.saturating_add(dz)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Extent = Extent { width: 640.0, height: 320.0 };
    const HOME: Camera = Camera { x: 32.0, z: 32.0, scale: 1.0 };
    const ZOOM: Zoom = Zoom { least: 0.25, most: 16.0 };

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let before = HOME.to_world(SCREEN, 500.0, 40.0);
        let after = HOME.zoomed(ZOOM, SCREEN, (500.0, 40.0), 1.7).to_world(SCREEN, 500.0, 40.0);
        assert!((before.0 - after.0).abs() < 1e-9 && (before.1 - after.1).abs() < 1e-9);
    }

    #[test]
    fn zooming_stops_at_both_ends() {
        assert_eq!(HOME.zoomed(ZOOM, SCREEN, (0.0, 0.0), 1e9).scale, ZOOM.most);
        assert_eq!(HOME.zoomed(ZOOM, SCREEN, (0.0, 0.0), 1e-9).scale, ZOOM.least);
    }

    #[test]
    fn dragging_east_shows_the_west() {
        assert_eq!(HOME.dragged(64.0, 0.0).centre(), CellCoord::new(-1, 0));
    }

    #[test]
    fn the_visible_cells_cover_the_screen() {
        let visible = HOME.visible(SCREEN);
        assert_eq!((visible.first, visible.last), (CellCoord::new(-5, -2), CellCoord::new(5, 3)));
    }

    #[test]
    fn cells_come_from_the_middle_outwards_each_once() {
        let range = HOME.visible(SCREEN);
        let cells: Vec<_> = range.outwards(HOME.centre()).collect();
        assert_eq!(cells[0], HOME.centre());
        assert_eq!(cells.len(), 11 * 6);
        let distinct: std::collections::BTreeSet<_> = cells.iter().collect();
        assert_eq!(distinct.len(), cells.len());
        assert!(cells.windows(2).all(|pair| HOME.centre().ring(pair[0]) <= HOME.centre().ring(pair[1])));
    }

    #[test]
    fn a_deep_link_survives_the_round_trip_and_nonsense_does_no_harm() {
        let camera = Camera { x: -1_200.0, z: 96.0, scale: 2.5 };
        assert_eq!(camera.query(), "?x=-1200&z=96&zoom=2.50");
        assert_eq!(Camera::from_query((Some("-1200"), Some("96"), Some("2.50")), HOME, ZOOM), camera);
        assert_eq!(Camera::from_query((Some("NaN"), Some("<b>"), None), HOME, ZOOM), HOME);
        assert_eq!(Camera::from_query((None, None, Some("1e300")), HOME, ZOOM).scale, ZOOM.most);
    }
}
