//! What a world takes over from the version before it, while somebody works on its recipe.

use std::mem::swap;

use crate::World;

impl World {
    /// Takes over from the version before what both have in common, so that a small change of the recipe shows at once. From
    /// then on the world keeps what its layers give, up to 48 MB, for the version after it.
    ///
    /// Changes how long things take, and nothing else. Servers have no use for it: a world's recipe stays as it is.
    #[must_use]
    pub fn grow_on(mut self, before: Option<Self>) -> Self {
        let mut before = before.filter(|before| before.seed == self.seed);
        self.plan.grow_on(before.as_ref().map(|before| &before.plan));
        let Some(before) = &mut before else { return self };
        for placement in &mut self.placements {
            let theirs = before.placements.iter_mut().map(|theirs| &mut theirs.strewn);
            if let Some(same) = theirs.into_iter().find(|theirs| theirs.is_same(&placement.strewn)) {
                swap(&mut placement.strewn, same);
            }
        }
        let same = self.alike(before);
        self.ground.take_over(&mut before.ground, &same);
        self
    }

    /// What of the ground is the same as in the version before.
    fn alike(&self, before: &Self) -> Alike {
        let (ours, theirs) = (&self.recipe, &before.recipe);
        let layer =
            |place: usize, in_theirs: usize| self.plan.edition(place) == before.plan.edition(in_theirs);
        let is_sea = ours.terrain.water_level == theirs.terrain.water_level;
        let height = is_sea && layer(self.ground.height(), before.ground.height());
        let climate = layer(self.climate.temperature, before.climate.temperature)
            && layer(self.climate.humidity, before.climate.humidity)
            && ours.climate == theirs.climate;
        let flows = self.ground.flows_by().zip(before.ground.flows_by());
        let nodes =
            is_sea && flows.is_some_and(|(ours, theirs)| layer(ours, theirs)) && ours.rivers == theirs.rivers;
        let ways = height && ours.roads == theirs.roads && ours.settlements == theirs.settlements;
        Alike { rivers: nodes, settled: ways && climate && ours.biomes == theirs.biomes, ways }
    }
}

/// What of the ground is the same in two versions of a recipe.
pub(crate) struct Alike {
    /// Where water runs.
    pub(crate) rivers: bool,
    /// Who lives where, and which of them are joined.
    pub(crate) settled: bool,
    /// The way between two settlements, if both are there.
    pub(crate) ways: bool,
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use std::collections::BTreeMap;

    use grid::CellCoord;

    use super::*;
    use crate::compile;

    const TEMPERATE: &str = include_str!("../../../config/recipes/temperate.yaml");

    fn world(changes: &[(&str, &str)], seed: u64) -> World {
        let text = changes.iter().fold(TEMPERATE.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "the recipe has no `{from}`");
            text.replacen(from, to, 1)
        });
        compile("temperate.yaml", &text, seed, &BTreeMap::new())
            .map_err(|_| "refused")
            .expect("is sound")
            .world
    }

    /// What a change of the recipe leaves as it was: rivers, settlements, ways.
    fn left(changes: &[(&str, &str)]) -> [bool; 3] {
        let before = world(&[], 7).grow_on(None);
        let mut after = world(changes, 7);
        after.plan.grow_on(Some(&before.plan));
        let Alike { rivers, settled, ways } = after.alike(&before);
        [rivers, settled, ways]
    }

    #[test]
    fn a_change_leaves_what_does_not_hang_on_it() {
        assert_eq!(left(&[]), [true; 3]);
        assert_eq!(left(&[("value: 0.58", "value: 0.6")]), [true, false, true], "warmth");
        assert_eq!(left(&[("value: 330", "value: 300")]), [false; 3], "peaks");
        assert_eq!(left(&[("times: 0.45", "times: 0.4")]), [true, false, false], "grain");
        assert_eq!(left(&[("depth: 2.6 m", "depth: 2 m")]), [false, true, true], "the rivers' depth");
        assert_eq!(left(&[("value: 0\n", "value: 1\n")]), [false; 3], "the sea");
        assert_eq!(left(&[("chance: 45%", "chance: 40%")]), [true, false, false], "hamlets");
        assert_eq!(left(&[("effort: 60", "effort: 50")]), [true, false, false], "roads");
        assert_eq!(left(&[("at: {temperature: 36%", "at: {temperature: 30%")]), [true, false, true], "pines");
    }

    #[test]
    fn what_is_kept_is_found_by_the_version_after() {
        let cell = CellCoord::new(3, 4);
        let grown = world(&[], 7).grow_on(None);
        let chunk = grown.chunk(cell);
        let kept = |world: &World, layer: &str| {
            let place = world.plan.find(layer).expect("the recipe has it");
            world.plan.kept_over(&crate::Area::of_chunk(cell), place)
        };
        assert!(kept(&grown, "height") && kept(&grown, "temperature"));
        let warmer = world(&[("value: 0.58", "value: 0.6")], 7).grow_on(Some(grown));
        assert!(kept(&warmer, "height") && kept(&warmer, "patches") && !kept(&warmer, "temperature"));
        assert_eq!(warmer.chunk(cell).heights, chunk.heights);
        let elsewhere = world(&[], 8).grow_on(Some(warmer));
        assert!(!kept(&elsewhere, "height"), "another seed is another world");
    }
}
