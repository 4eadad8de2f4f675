//! A chunk as pixels: the map that the dashboard and the pictures share.

use crate::{
    area::Area,
    chunk::{Chunk, SQUARES},
    hash,
    land::Land,
    recipe::{Colour, Glyph, Recipe},
};

/// Bytes of a chunk's 64×64 RGBA pixels.
pub const PIXELS_BYTES: usize = SQUARES * SQUARES * 4;

/// Depth at which water looks as deep as it gets, in metres.
const DEEP_METRES: f32 = 14.0;
/// Light from the north-west, high: a unit vector (east, up, south).
const LIGHT: (f32, f32, f32) = (-0.48, 0.72, -0.5);

type Rgb = [f32; 3];

/// How much light falls on a square of an area, 0 to 1.
pub(crate) fn light(land: &Land, area: &Area, square: usize) -> f32 {
    let width = area.width - 1;
    let corner = square / width * area.width + square % width;
    let [nw, ne, sw, se] = [corner, corner + 1, corner + area.width, corner + area.width + 1]
        .map(|point| f32::from(land.heights[point]) * 4.0);
    lit(ne + se - nw - sw, sw + se - nw - ne, area.step as f32)
}

/// How much light falls on ground that rises so much eastward and southward, doubled, over `run`.
fn lit(east: f32, south: f32, run: f32) -> f32 {
    let (nx, ny, nz) = (-east, 2.0 * run, -south);
    let length = (nx * nx + ny * ny + nz * nz).sqrt();
    ((nx * LIGHT.0 + ny * LIGHT.1 + nz * LIGHT.2) / length).max(0.0)
}

impl Chunk {
    /// Paints the chunk as seen from above, one pixel a metre, north up: biomes, relief, water and features.
    ///
    /// `out` is RGBA, row by row.
    ///
    /// # Panics
    /// If `out` is not [`PIXELS_BYTES`] long.
    pub fn shade(&self, recipe: &Recipe, out: &mut [u8]) {
        assert_eq!(out.len(), PIXELS_BYTES, "64×64 RGBA pixels");
        for (i, pixel) in out.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let [r, g, b] = self.ground(recipe, i % SQUARES, i / SQUARES).map(|channel| channel as u8);
            *pixel = [r, g, b, u8::MAX];
        }
        for feature in &self.features {
            if let Some(rule) = recipe.features.get(usize::from(feature.kind)) {
                let size = f32::from(feature.scale) / 64.0;
                let place = (i32::from(feature.x >> 8), i32::from(feature.z >> 8));
                draw(rule.glyph, rule.colour, place, size, feature.yaw, out);
            }
        }
    }

    fn ground(&self, recipe: &Recipe, ix: usize, iz: usize) -> Rgb {
        let terrain = &recipe.terrain;
        let height = (self.height_units(ix, iz) + self.height_units(ix + 1, iz + 1)) as f32 / 512.0;
        let inland = self.water_depth_units(ix, iz) + self.water_depth_units(ix + 1, iz + 1);
        let sea = terrain.water_level.metres() - height;
        let depth = if inland > 0 { (inland as f32 / 512.0).max(sea) } else { sea };
        let (east, south) = self.doubled_slope(ix, iz);
        let lit = lit(east as f32, south as f32, 256.0);
        let land = self.land(recipe, ix, iz);
        if depth > 0.0 {
            let water = mix(rgb(terrain.shallow), rgb(terrain.deep), (depth / DEEP_METRES).clamp(0.0, 1.0));
            let seen = mix(land, water, (0.55 + depth * 0.3).clamp(0.0, 1.0));
            return seen.map(|channel| (channel * (0.9 + 0.14 * lit)).clamp(0.0, 255.0));
        }
        let light = 0.42 + 0.8 * lit;
        // A damp rim where the land meets the water.
        let damp = (1.0 - (-depth / 0.5).clamp(0.0, 1.0)) * 0.12;
        land.map(|channel| (channel * (light - damp)).clamp(0.0, 255.0))
    }

    /// The biome's colour, with its edge frayed and a little grain.
    fn land(&self, recipe: &Recipe, ix: usize, iz: usize) -> Rgb {
        let bits =
            hash::at(0, self.coord.origin().x / 256 + ix as i64, self.coord.origin().z / 256 + iz as i64);
        let mut sum = [0.0; 3];
        for (dx, dz) in [(0, 0), (0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)] {
            let at = |i: usize, d: i32| (i as i32 + d).clamp(0, SQUARES as i32 - 1) as usize;
            let biome = self.biomes[at(iz, dz) * SQUARES + at(ix, dx)];
            let colour =
                recipe.biomes.get(usize::from(biome)).map_or(Colour::default(), |biome| biome.colour);
            let material = self.materials[at(iz, dz) * SQUARES + at(ix, dx)];
            // What the ground is made of, tinged by what grows there.
            sum = add(
                sum,
                match recipe.materials.get(usize::from(material)) {
                    Some(material) => mix(rgb(colour), rgb(material.colour), 0.6),
                    None => rgb(colour),
                },
            );
        }
        let grain = 0.97 + 0.06 * ((bits & 0xff) as f32 / 255.0);
        sum.map(|channel| channel / 6.0 * grain)
    }
}

fn draw(glyph: Glyph, colour: Colour, (x, z): (i32, i32), size: f32, yaw: u8, out: &mut [u8]) {
    let colour = rgb(colour);
    match glyph {
        Glyph::Tree => {
            let reach = 1.0 + size;
            disc((x + 1, z + 1), reach, [12.0, 22.0, 18.0], 0.38, out);
            disc((x, z), reach, colour, 0.92, out);
            disc((x - 1, z - 1), reach * 0.5, colour.map(|channel| channel * 1.28), 0.8, out);
        }
        Glyph::Rock | Glyph::Ore => {
            disc((x + 1, z + 1), size, [20.0, 22.0, 26.0], 0.4, out);
            disc((x, z), size, colour, 0.95, out);
        }
        Glyph::House => {
            let side = (3.0 * size) as i32;
            for (i, j) in (-side..=side).flat_map(|i| (-side..=side).map(move |j| (i, j))) {
                let (across, along) = if yaw & 64 == 0 { (i, j) } else { (j, i) };
                if across.abs() * 4 <= side * 3 {
                    paint((x + i + 1, z + j + 2), [22.0, 20.0, 20.0], 0.4, out);
                    let roof = if across < 0 { 1.12 } else { 0.82 };
                    let gable = if along.abs() == side { 0.9 } else { 1.0 };
                    paint((x + i, z + j), colour.map(|channel| channel * roof * gable), 0.96, out);
                }
            }
        }
        Glyph::Ruin => {
            let side = (4.0 * size) as i32;
            for (i, j) in (-side..=side).flat_map(|i| (-side..=side).map(move |j| (i, j))) {
                let wall = i.abs() == side || j.abs() == side;
                // A quarter of the wall has fallen, each ruin's own.
                let fallen = hash::at(u64::from(yaw), i64::from(i), i64::from(j)) & 3 == 0;
                if wall && !fallen {
                    paint((x + i + 1, z + j + 1), [24.0, 22.0, 22.0], 0.45, out);
                    paint((x + i, z + j), colour, 0.95, out);
                }
            }
        }
    }
}

fn disc((x, z): (i32, i32), radius: f32, colour: Rgb, strength: f32, out: &mut [u8]) {
    let reach = radius as i32 + 1;
    for (dx, dz) in (-reach..=reach).flat_map(|dz| (-reach..=reach).map(move |dx| (dx, dz))) {
        let distance = ((dx * dx + dz * dz) as f32).sqrt();
        let cover = (radius + 0.5 - distance).clamp(0.0, 1.0);
        paint((x + dx, z + dz), colour, strength * cover, out);
    }
}

/// Lays a colour over a pixel; outside the chunk there is none.
fn paint((x, z): (i32, i32), colour: Rgb, cover: f32, out: &mut [u8]) {
    let side = SQUARES as i32;
    if cover <= 0.0 || !(0..side).contains(&x) || !(0..side).contains(&z) {
        return;
    }
    let pixel = &mut out[(z * side + x) as usize * 4..][..3];
    for (channel, over) in pixel.iter_mut().zip(colour) {
        let under = f32::from(*channel);
        *channel = (under + (over - under) * cover).clamp(0.0, 255.0) as u8;
    }
}

fn rgb(colour: Colour) -> Rgb {
    [colour.r, colour.g, colour.b].map(f32::from)
}

fn add(a: Rgb, b: Rgb) -> Rgb {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share)
}
