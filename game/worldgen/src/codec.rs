//! A chunk as bytes: the `.bin` payload.
//!
//! ```text
//! 0   4  "RKCH"
//! 4   1  version, 2
//! 5   4  cell x, i32 little-endian
//! 9   4  cell z
//! 13  4  lowest height in 1/256 m, i32
//! 17  4  height of the sea in 1/256 m, i32
//! 21  1  danger, 0 to 100
//! 22  2  length of the body once unpacked, u16
//! 24  …  the body, one LZ4 block
//! ```
//!
//! The body, all numbers little-endian:
//!
//! - 65×65 heights. Each is stored as its difference from what the points west, north and north-west predict (west + north −
//!   north-west; along the edges the one that there is; 0 for the first), wrapping in 16 bits, zigzagged (0, -1, 1, -2 … become
//!   0, 1, 2, 3 …). All low bytes first, then all high bytes.
//! - A byte, 0 or 1: whether surfaces of rivers and lakes follow, 65×65 in the same way.
//! - 64×64 biomes, then 64×64 materials. Each: the number of kinds there are (u8), these kinds (u8 each, ascending), and for
//!   each square its place among them: nothing for one kind, 4 bits for up to 16 (the western square in the low bits), else 8.
//! - 64 rows of walkable squares (u64, bit `n` is the square `n` metres east).
//! - The number of features (u16) and the features as columns: kind (u8), x (u16), z (u16), yaw (u8), scale (u8).

use grid::CellCoord;
use lz4_flex::block;

use crate::{
    chunk::{Chunk, FEATURES_MAX, Feature, SQUARES, VERTICES},
    packed,
};

const MAGIC: [u8; 4] = *b"RKCH";
const VERSION: u8 = 2;
const HEADER: usize = 24;
const POINTS: usize = VERTICES * VERTICES;
/// The shortest body: no inland water, one biome, one material, no features.
const LEAST: usize = 2 * POINTS + 1 + 2 + 2 + 8 * SQUARES + 2;
const FEATURE: usize = 7;
/// The longest body. Below 64 KiB the LZ4 packer works the same on 32 and 64 bits: the same chunk has the same payload,
/// and so the same hash, natively and in the browser.
const BODY_MAX: usize = 4 * POINTS + 1 + 2 * packed::LONGEST + 8 * SQUARES + 2 + FEATURES_MAX * FEATURE;
const _: () = assert!(BODY_MAX < u16::MAX as usize);

/// The longest payload: a body that does not shrink, with LZ4's bookkeeping.
pub const PAYLOAD_MAX: usize = HEADER + BODY_MAX + BODY_MAX / 255 + 64;

/// Why bytes are not a chunk's payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The first bytes are something else's.
    #[error("this is not a terrain chunk")]
    NotAChunk,
    /// A later format.
    #[error("terrain chunk of version {0}, readable is {VERSION}")]
    UnknownVersion(u8),
    /// Cut off, too long, or damaged.
    #[error("damaged terrain chunk")]
    Damaged,
}

/// The payload's hash, in hex: blake3.
#[must_use]
pub fn chunk_hash(payload: &[u8]) -> String {
    blake3::hash(payload).to_hex().to_string()
}

impl Chunk {
    /// The chunk as its `.bin` payload. Equal chunks give equal bytes on every machine.
    ///
    /// # Panics
    /// If the chunk's lists don't have the lengths that their documentation gives.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let whole = self.heights.len() == POINTS && (self.water.is_empty() || self.water.len() == POINTS);
        assert!(whole && self.biomes.len() == packed::SQUARES_ALL, "a chunk is whole");
        assert!(self.materials.len() == packed::SQUARES_ALL, "a chunk is whole");
        assert!(self.features.len() <= FEATURES_MAX, "a chunk's features are bounded");
        let mut body = Vec::with_capacity(BODY_MAX);
        packed::put_surface(&self.heights, &mut body);
        body.push(u8::from(!self.water.is_empty()));
        if !self.water.is_empty() {
            packed::put_surface(&self.water, &mut body);
        }
        packed::put_kinds(&self.biomes, &mut body);
        packed::put_kinds(&self.materials, &mut body);
        body.extend(self.walkable.iter().flat_map(|row| row.to_le_bytes()));
        body.extend_from_slice(&(self.features.len() as u16).to_le_bytes());
        body.extend(self.features.iter().map(|feature| feature.kind));
        body.extend(self.features.iter().flat_map(|feature| feature.x.to_le_bytes()));
        body.extend(self.features.iter().flat_map(|feature| feature.z.to_le_bytes()));
        body.extend(self.features.iter().map(|feature| feature.yaw));
        body.extend(self.features.iter().map(|feature| feature.scale));

        let mut payload = Vec::with_capacity(HEADER + block::get_maximum_output_size(body.len()));
        payload.extend_from_slice(&MAGIC);
        payload.push(VERSION);
        payload.extend_from_slice(&self.coord.x.to_le_bytes());
        payload.extend_from_slice(&self.coord.z.to_le_bytes());
        payload.extend_from_slice(&(self.lowest_units as i32).to_le_bytes());
        payload.extend_from_slice(&(self.sea_units as i32).to_le_bytes());
        payload.push(self.danger);
        payload.extend_from_slice(&(body.len() as u16).to_le_bytes());
        payload.resize(payload.capacity(), 0);
        let packed = block::compress_into(&body, &mut payload[HEADER..]);
        payload.truncate(HEADER + packed.expect("there is room for a body that does not shrink"));
        // Payloads are kept, room is not.
        payload.shrink_to_fit();
        payload
    }

    /// Reads a payload back. Takes any bytes; allocates at most a body's worth.
    pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
        if payload.len() > PAYLOAD_MAX {
            return Err(DecodeError::Damaged);
        }
        let mut header = Reader(payload);
        if header.array::<4>().map_err(|_| DecodeError::NotAChunk)? != MAGIC {
            return Err(DecodeError::NotAChunk);
        }
        let [version] = header.array()?;
        if version != VERSION {
            return Err(DecodeError::UnknownVersion(version));
        }
        let coord = CellCoord::new(i32::from_le_bytes(header.array()?), i32::from_le_bytes(header.array()?));
        let lowest_units = i64::from(i32::from_le_bytes(header.array()?));
        let sea_units = i64::from(i32::from_le_bytes(header.array()?));
        let [danger] = header.array()?;
        let length = usize::from(u16::from_le_bytes(header.array()?));
        if !(LEAST..=BODY_MAX).contains(&length) {
            return Err(DecodeError::Damaged);
        }
        let mut body = vec![0; length];
        let unpacked = block::decompress_into(header.0, &mut body).map_err(|_| DecodeError::Damaged)?;
        if unpacked != length {
            return Err(DecodeError::Damaged);
        }
        Self::from_body(Self { lowest_units, sea_units, danger, ..Self::blank(coord) }, Reader(&body))
    }

    fn from_body(mut chunk: Self, mut body: Reader<'_>) -> Result<Self, DecodeError> {
        chunk.heights = packed::take_surface(&mut body)?;
        chunk.water = match body.array()? {
            [0] => Vec::new(),
            [1] => packed::take_surface(&mut body)?,
            _ => return Err(DecodeError::Damaged),
        };
        chunk.biomes = packed::take_kinds(&mut body)?;
        chunk.materials = packed::take_kinds(&mut body)?;
        for row in &mut chunk.walkable {
            *row = u64::from_le_bytes(body.array()?);
        }
        let count = usize::from(u16::from_le_bytes(body.array()?));
        let (kinds, xs, zs) = (body.take(count)?, body.take(2 * count)?, body.take(2 * count)?);
        let (yaws, scales) = (body.take(count)?, body.take(count)?);
        if !body.0.is_empty() {
            return Err(DecodeError::Damaged);
        }
        chunk.features = (0..count)
            .map(|i| Feature {
                kind: kinds[i],
                x: u16::from_le_bytes([xs[2 * i], xs[2 * i + 1]]),
                z: u16::from_le_bytes([zs[2 * i], zs[2 * i + 1]]),
                yaw: yaws[i],
                scale: scales[i],
            })
            .collect();
        Ok(chunk)
    }
}

/// Takes bytes from the front, never more than there are.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DecodeError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(DecodeError::Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }
}
