//! Which biome is nearest, for all squares of an area: on integers, a vector of squares at a time.
//!
//! Most biomes of a recipe are nowhere near the climate of a chunk. So squares are taken in groups, and what can't be nearest
//! on any square of a group is left out before each square is looked at. That changes no square.

use std::ops::Range;

use crate::{
    area::Area,
    biomes::{Limits, OUTSIDE, Palette, Site, Sites, Target, scaled},
    lanes::{Kernel, Lanes},
};

impl Palette {
    /// The nearest biome that may lie at each square of an area, or the nearest of all if none may. Of equals the first.
    pub(crate) fn choose(&self, lanes: Lanes, area: &Area, sites: &Sites) -> Vec<u8> {
        let off = self.off(area);
        let mut biomes = vec![0; sites.count()];
        lanes.run(Choose { palette: self, sites, off: &off, biomes: &mut biomes });
        biomes
    }
}

struct Choose<'a> {
    palette: &'a Palette,
    sites: &'a Sites,
    off: &'a [i32],
    biomes: &'a mut [u8],
}

/// Squares that are looked at together before each is looked at: what can't be nearest in any of them is left out.
const GROUP: usize = 512;

impl Kernel for Choose<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { palette, sites, off, biomes } = self;
        for (group, biomes) in biomes.chunks_mut(GROUP).enumerate() {
            let squares = group * GROUP..group * GROUP + biomes.len();
            let mut chosen = [Rival { index: 0, is_allowed: false }; RIVALS_MAX];
            let rivals = palette.rivals(&Bounds::of(sites, squares.clone(), palette), &mut chosen);
            if let [only] = rivals {
                biomes.fill(only.index);
                continue;
            }
            for (block, biomes) in biomes.chunks_mut(LOOKED_AT).enumerate() {
                let first = squares.start + block * LOOKED_AT;
                palette.nearest(rivals, sites, off, first..first + biomes.len(), biomes);
            }
        }
    }
}

/// Squares whose numbers are held at once.
const LOOKED_AT: usize = 64;
/// Most biomes of a recipe.
const RIVALS_MAX: usize = 64;

/// A biome that may be nearest somewhere in a group of squares.
#[derive(Clone, Copy)]
struct Rival {
    index: u8,
    /// Whether it may lie on all of them.
    is_allowed: bool,
}

/// Least and greatest numbers of a group of squares.
struct Bounds {
    temperature: (i32, i32),
    humidity: (i32, i32),
    height: (i32, i32),
    scaled: (i32, i32),
    slope_squared: (i32, i32),
}

impl Bounds {
    #[inline(always)]
    fn of(sites: &Sites, squares: Range<usize>, palette: &Palette) -> Self {
        let span = |values: &[i32]| {
            let values = &values[squares.clone()];
            let least = values.iter().fold(i32::MAX, |least, value| least.min(*value));
            (least, values.iter().fold(i32::MIN, |most, value| most.max(*value)))
        };
        let height = span(&sites.height);
        Self {
            temperature: span(&sites.temperature),
            humidity: span(&sites.humidity),
            height,
            scaled: (scaled(height.0, palette.per_height), scaled(height.1, palette.per_height)),
            slope_squared: span(&sites.slope_squared),
        }
    }

    /// Whether limits hold on all squares, and whether they may on any.
    fn hold(&self, limits: &Limits) -> (bool, bool) {
        let spans = [
            (self.temperature, limits.temperature),
            (self.humidity, limits.humidity),
            (self.height, limits.height),
            (self.slope_squared, limits.slope_squared),
        ];
        (
            spans.iter().all(|((least, most), (low, high))| low <= least && most <= high),
            spans.iter().all(|((least, most), (low, high))| low <= most && least <= high),
        )
    }

    /// The least and the greatest distance from a target.
    fn distances(&self, target: &Target, blend: i32) -> (i32, i32) {
        let squares = |target: i32, (least, most): (i32, i32), blend: i32| {
            let (a, b) = (target - most - blend, target - least + blend);
            let far = a.abs().max(b.abs());
            let near = if a <= 0 && b >= 0 { 0 } else { a.abs().min(b.abs()) };
            (near * near, far * far)
        };
        let parts = [
            squares(target.temperature, self.temperature, blend),
            squares(target.humidity, self.humidity, blend),
            squares(target.height, self.scaled, 0),
        ];
        parts.iter().fold((0, 0), |(near, far), part| (near + part.0, far + part.1))
    }
}

impl Palette {
    /// The biomes that may be nearest somewhere within bounds, in their order.
    fn rivals<'a>(&self, bounds: &Bounds, room: &'a mut [Rival; RIVALS_MAX]) -> &'a [Rival] {
        let mut near = [0; RIVALS_MAX];
        let mut limit = i32::MAX;
        for ((target, near), rival) in self.targets.iter().zip(&mut near).zip(room.iter_mut()) {
            let (everywhere, anywhere) = bounds.hold(&target.limits);
            let (least, most) = bounds.distances(target, self.blend);
            rival.is_allowed = everywhere;
            *near = if anywhere { least } else { least + OUTSIDE };
            limit = limit.min(if everywhere { most } else { most + OUTSIDE });
        }
        let mut count = 0;
        for index in 0..self.targets.len() {
            if near[index] <= limit {
                room[count] = Rival { index: index as u8, is_allowed: room[index].is_allowed };
                count += 1;
            }
        }
        &room[..count]
    }

    /// Which of the rivals is nearest, for each square of a block.
    #[inline(always)]
    fn nearest(
        &self,
        rivals: &[Rival],
        sites: &Sites,
        off: &[i32],
        squares: Range<usize>,
        biomes: &mut [u8],
    ) {
        let part = |values: &[i32]| -> [i32; LOOKED_AT] {
            let mut part = [0; LOOKED_AT];
            let values = values.get(squares.clone()).unwrap_or_default();
            part.iter_mut().zip(values).for_each(|(part, value)| *part = *value);
            part
        };
        let (warmth, damp, high) = (part(&sites.temperature), part(&sites.humidity), part(&sites.height));
        let (steep, off) = (part(&sites.slope_squared), part(off));
        let scaled = high.map(|height| scaled(height, self.per_height));
        let (mut least, mut chosen) = ([i32::MAX; LOOKED_AT], [0_i32; LOOKED_AT]);
        for rival in rivals {
            let target = &self.targets[usize::from(rival.index)];
            let mut distance = [0_i32; LOOKED_AT];
            for i in 0..LOOKED_AT {
                let (t, h, y) = (
                    target.temperature - warmth[i] - off[i],
                    target.humidity - damp[i] + off[i],
                    target.height - scaled[i],
                );
                distance[i] = t * t + h * h + y * y;
            }
            if !rival.is_allowed {
                for i in 0..LOOKED_AT {
                    let site = Site {
                        temperature: warmth[i],
                        humidity: damp[i],
                        height: high[i],
                        slope_squared: steep[i],
                    };
                    distance[i] += if target.limits.hold(&site) { 0 } else { OUTSIDE };
                }
            }
            for i in 0..LOOKED_AT {
                let is_nearer = distance[i] < least[i];
                chosen[i] = if is_nearer { i32::from(rival.index) } else { chosen[i] };
                least[i] = if is_nearer { distance[i] } else { least[i] };
            }
        }
        biomes.iter_mut().zip(&chosen).for_each(|(biome, chosen)| *biome = *chosen as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{biomes::nearest_biome, hash};

    fn palette(blend: i32) -> Palette {
        let target = |dice: u64| {
            let part = |shift: u32, most: u64| (dice >> shift & 0xffff) % most;
            let limit = |shift: u32| {
                let low = part(shift, 1_400) as i32 - 400;
                if part(shift + 1, 3) == 0 {
                    (low, low + part(shift + 2, 700) as i32)
                } else {
                    (i32::MIN, i32::MAX)
                }
            };
            Target {
                temperature: part(0, 1_001) as i32,
                humidity: part(9, 1_001) as i32,
                height: part(17, 2_001) as i32 - 500,
                limits: Limits {
                    temperature: limit(21),
                    humidity: limit(29),
                    height: (i32::MIN, i32::MAX),
                    slope_squared: limit(37),
                },
                walkable: true,
                surface: Vec::new(),
                only: Some(0),
            }
        };
        let targets = (0..24).map(|index| target(hash::at(7, index, i64::from(blend)))).collect();
        Palette { targets, per_height: 1_000.0 / 60_000.0, blend, seed: 3 }
    }

    #[test]
    fn leaving_out_what_can_not_be_nearest_changes_no_square() {
        for (blend, seed) in [(0, 1), (25, 2), (200, 3)] {
            let palette = palette(blend);
            let area = Area { x: 0, z: 0, step: 256, width: 65, height: 65 };
            // Climates that drift over the area, as they do, and dice on top.
            let site = |i: usize, part: u64, swing: i32| {
                let drift = (i / 64 * 9 + i % 64 * 3) as i32 % 800;
                drift + (hash::at(seed, i as i64, part as i64) % 97) as i32 * swing / 97
            };
            let sites = Sites {
                temperature: (0..4_096).map(|i| site(i, 0, 60)).collect(),
                humidity: (0..4_096).map(|i| 900 - site(i, 1, 40)).collect(),
                height: (0..4_096).map(|i| site(i, 2, 300) * 60).collect(),
                slope_squared: (0..4_096).map(|i| site(i, 3, 900)).collect(),
            };
            let all: Vec<Rival> = (0..24).map(|index| Rival { index, is_allowed: false }).collect();
            let off = palette.off(&area);
            let mut plainly = vec![0; 4_096];
            for (block, biomes) in plainly.chunks_mut(LOOKED_AT).enumerate() {
                palette.nearest(&all, &sites, &off, block * 64..block * 64 + 64, biomes);
            }
            assert_eq!(palette.choose(Lanes::widest(), &area, &sites), plainly);
            assert!(plainly.iter().collect::<std::collections::BTreeSet<_>>().len() > 3);
        }
    }

    #[test]
    fn a_place_and_its_square_agree_on_the_biome() {
        let palette = palette(0);
        let site = Site { temperature: 400, humidity: 600, height: 3_000, slope_squared: 40 };
        let sites = Sites {
            temperature: vec![site.temperature],
            humidity: vec![site.humidity],
            height: vec![site.height],
            slope_squared: vec![site.slope_squared],
        };
        let area = Area { x: 0, z: 0, step: 256, width: 2, height: 2 };
        assert_eq!(palette.choose(Lanes::widest(), &area, &sites), [nearest_biome(&palette, &site)]);
    }
}
