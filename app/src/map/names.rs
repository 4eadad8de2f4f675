//! Which names on a map have room: of two over each other neither could be read.

/// About how wide a letter of a map's names is, and how high a line, in pixels.
const LETTER: (f64, f64) = (6.2, 13.0);

/// The names that stand on a map already.
#[derive(Default)]
pub(crate) struct Names(Vec<[f64; 4]>);

impl Names {
    /// Takes the room of a name that begins at `left` and is `middle` high, if nothing stands there.
    pub(crate) fn take(&mut self, name: &str, left: f64, middle: f64) -> bool {
        let (width, height) = (name.chars().count() as f64 * LETTER.0, LETTER.1);
        let [w, n, e, s] = [left, middle - height / 2.0, left + width, middle + height / 2.0];
        let is_free = self
            .0
            .iter()
            .all(|[west, north, east, south]| e <= *west || *east <= w || s <= *north || *south <= n);
        if is_free {
            self.0.push([w, n, e, s]);
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_and_below_each_other_have_room_and_those_over_each_other_have_not() {
        let mut names = Names::default();
        assert!(names.take("Brown bear", 100.0, 50.0));
        assert!(!names.take("Boar", 140.0, 54.0));
        assert!(names.take("Boar", 140.0, 66.0));
        assert!(names.take("Wolf", 170.0, 50.0));
        assert!(!names.take("A deer that came from the west", 20.0, 50.0));
    }
}
