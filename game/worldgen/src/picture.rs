//! Chunks as PNG pictures.

use crate::{
    chunk::{Chunk, SQUARES},
    recipe::Recipe,
    shade::PIXELS_BYTES,
};

/// A picture could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the picture could not be written")]
pub struct PictureError(#[from] png::EncodingError);

impl Chunk {
    /// The chunk as a 64×64 PNG; see [`Chunk::shade`].
    pub fn to_png(&self, recipe: &Recipe) -> Result<Vec<u8>, PictureError> {
        let mut pixels = vec![0; PIXELS_BYTES];
        self.shade(recipe, &mut pixels);
        draw(SQUARES as u32, SQUARES as u32, &pixels)
    }
}

/// RGBA pixels, row by row, as a PNG.
pub fn draw(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgba)?;
    writer.finish()?;
    Ok(file)
}
