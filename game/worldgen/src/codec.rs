//! A chunk as bytes: the `.bin` payload.
//!
//! ```text
//! 0   4  "RKCH"
//! 4   1  version, 1
//! 5   4  cell x, i32 little-endian
//! 9   4  cell z
//! 13  4  lowest height in 1/256 m, i32
//! 17  2  length of the body once unpacked, u16
//! 19  …  the body, one LZ4 block
//! ```
//!
//! The body: 65×65 heights, then 64×64 biomes, 64 rows of walkable squares (u64), the number of features (u16) and the
//! features as columns: kind, x (u16), z (u16), yaw, scale. Each height is stored as its difference from what the
//! points west, north and north-west predict, zigzagged; all low bytes first, then all high bytes.

use grid::CellCoord;

use crate::chunk::{Chunk, FEATURES_MAX, Feature, SQUARES, VERTICES};

const MAGIC: [u8; 4] = *b"RKCH";
const VERSION: u8 = 1;
const HEADER: usize = 19;
const POINTS: usize = VERTICES * VERTICES;
const FIXED: usize = 2 * POINTS + SQUARES * SQUARES + 8 * SQUARES + 2;
const FEATURE: usize = 7;
/// The longest body. Below 64 KiB the LZ4 packer works the same on 32 and 64 bits: the same chunk has the same payload,
/// and so the same hash, natively and in the browser.
const BODY_MAX: usize = FIXED + FEATURES_MAX * FEATURE;
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
        assert!(self.heights.len() == POINTS && self.biomes.len() == SQUARES * SQUARES, "a chunk is whole");
        assert!(self.features.len() <= FEATURES_MAX, "a chunk's features are bounded");
        let mut body = Vec::with_capacity(FIXED + self.features.len() * FEATURE);
        let residues: Vec<u16> =
            (0..POINTS).map(|i| zigzag(self.heights[i].wrapping_sub(predicted(&self.heights, i)))).collect();
        body.extend(residues.iter().map(|residue| *residue as u8));
        body.extend(residues.iter().map(|residue| (residue >> 8) as u8));
        body.extend_from_slice(&self.biomes);
        body.extend(self.walkable.iter().flat_map(|row| row.to_le_bytes()));
        body.extend_from_slice(&(self.features.len() as u16).to_le_bytes());
        body.extend(self.features.iter().map(|feature| feature.kind));
        body.extend(self.features.iter().flat_map(|feature| feature.x.to_le_bytes()));
        body.extend(self.features.iter().flat_map(|feature| feature.z.to_le_bytes()));
        body.extend(self.features.iter().map(|feature| feature.yaw));
        body.extend(self.features.iter().map(|feature| feature.scale));

        let mut payload = Vec::with_capacity(HEADER + body.len() / 2);
        payload.extend_from_slice(&MAGIC);
        payload.push(VERSION);
        payload.extend_from_slice(&self.coord.x.to_le_bytes());
        payload.extend_from_slice(&self.coord.z.to_le_bytes());
        payload.extend_from_slice(&(self.lowest_units as i32).to_le_bytes());
        payload.extend_from_slice(&(body.len() as u16).to_le_bytes());
        payload.extend_from_slice(&lz4_flex::block::compress(&body));
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
        let length = usize::from(u16::from_le_bytes(header.array()?));
        if !(FIXED..=BODY_MAX).contains(&length) {
            return Err(DecodeError::Damaged);
        }
        let mut body = vec![0; length];
        let unpacked =
            lz4_flex::block::decompress_into(header.0, &mut body).map_err(|_| DecodeError::Damaged)?;
        if unpacked != length {
            return Err(DecodeError::Damaged);
        }
        Self::from_body(coord, lowest_units, Reader(&body))
    }

    fn from_body(coord: CellCoord, lowest_units: i64, mut body: Reader<'_>) -> Result<Self, DecodeError> {
        let (low, high) = (body.take(POINTS)?, body.take(POINTS)?);
        let mut heights = vec![0; POINTS];
        for i in 0..POINTS {
            let residue = unzigzag(u16::from_le_bytes([low[i], high[i]]));
            heights[i] = predicted(&heights, i).wrapping_add(residue);
        }
        let biomes = body.take(SQUARES * SQUARES)?.to_vec();
        let mut walkable = [0; SQUARES];
        for row in &mut walkable {
            *row = u64::from_le_bytes(body.array()?);
        }
        let count = usize::from(u16::from_le_bytes(body.array()?));
        let (kinds, xs, zs) = (body.take(count)?, body.take(2 * count)?, body.take(2 * count)?);
        let (yaws, scales) = (body.take(count)?, body.take(count)?);
        if !body.0.is_empty() {
            return Err(DecodeError::Damaged);
        }
        let features = (0..count)
            .map(|i| Feature {
                kind: kinds[i],
                x: u16::from_le_bytes([xs[2 * i], xs[2 * i + 1]]),
                z: u16::from_le_bytes([zs[2 * i], zs[2 * i + 1]]),
                yaw: yaws[i],
                scale: scales[i],
            })
            .collect();
        Ok(Self { coord, lowest_units, heights, biomes, walkable, features })
    }
}

/// What the points already known lead one to expect: the plane through west, north and north-west.
fn predicted(heights: &[u16], i: usize) -> u16 {
    match (i % VERTICES, i / VERTICES) {
        (0, 0) => 0,
        (_, 0) => heights[i - 1],
        (0, _) => heights[i - VERTICES],
        _ => heights[i - 1].wrapping_add(heights[i - VERTICES]).wrapping_sub(heights[i - VERTICES - 1]),
    }
}

/// Small differences either way become small numbers.
fn zigzag(difference: u16) -> u16 {
    (difference << 1) ^ (((difference as i16) >> 15) as u16)
}

fn unzigzag(code: u16) -> u16 {
    (code >> 1) ^ (code & 1).wrapping_neg()
}

/// Takes bytes from the front, never more than there are.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(DecodeError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(DecodeError::Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }
}
