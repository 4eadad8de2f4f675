//! Draws a region as a PNG: `draw_region <recipe.yaml> <out.png> [seed] [region x] [region z] [metres a pixel]`.

use std::{env, error::Error, fs};

use grid::{CellCoord, REGION_CELLS, RegionCoord};
use worldgen::{PIXELS_BYTES, Recipe, SQUARES, World};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [recipe, out, numbers @ ..] = arguments.as_slice() else {
        return Err(
            "draw_region <recipe.yaml> <out.png> [seed] [region x] [region z] [metres a pixel]".into()
        );
    };
    let number = |index: usize, default: i64| numbers.get(index).map_or(Ok(default), |text| text.parse());
    let world =
        World::new(number(0, 42)?.cast_unsigned(), Recipe::from_yaml(recipe, &fs::read_to_string(recipe)?)?)?;
    let region = RegionCoord::new(number(1, 0)?.try_into()?, number(2, 0)?.try_into()?);
    let step = usize::try_from(number(3, 4)?)?.clamp(1, SQUARES);

    let (tile, side) = (SQUARES / step, REGION_CELLS as usize * (SQUARES / step));
    let mut picture = vec![0; side * side * 4];
    let mut pixels = vec![0; PIXELS_BYTES];
    for (index, cell) in region.cells().enumerate() {
        world.chunk(CellCoord::new(cell.x, cell.z)).shade(world.recipe(), &mut pixels);
        let (column, row) = (index % REGION_CELLS as usize * tile, index / REGION_CELLS as usize * tile);
        for (x, z) in (0..tile).flat_map(|z| (0..tile).map(move |x| (x, z))) {
            let average = average(&pixels, x * step, z * step, step);
            picture[((row + z) * side + column + x) * 4..][..4].copy_from_slice(&average);
        }
    }
    fs::write(out, worldgen::draw(side as u32, side as u32, &picture)?)?;
    Ok(())
}

fn average(pixels: &[u8], x: usize, z: usize, step: usize) -> [u8; 4] {
    [0, 1, 2, 3].map(|channel| {
        let square = (0..step).flat_map(|dz| (0..step).map(move |dx| (x + dx, z + dz)));
        let sum: usize = square.map(|(x, z)| usize::from(pixels[(z * SQUARES + x) * 4 + channel])).sum();
        (sum / (step * step)) as u8
    })
}
