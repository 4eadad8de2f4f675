//! The parts of a chunk's payload that are packed before LZ4 sees them: surfaces as differences, squares as palettes.

use crate::{
    chunk::{SQUARES, VERTICES},
    codec::{DecodeError, Reader},
};

const POINTS: usize = VERTICES * VERTICES;
/// Squares of a chunk.
pub(crate) const SQUARES_ALL: usize = SQUARES * SQUARES;
/// Most bytes of a chunk's squares.
pub(crate) const LONGEST: usize = 1 + 256 + SQUARES_ALL;

/// Adds 65×65 heights, as differences from what their neighbours lead one to expect.
pub(crate) fn put_surface(heights: &[u16], body: &mut Vec<u8>) {
    let mut residues = [0_u16; POINTS];
    let (first, rest) = heights.split_at(VERTICES);
    residues[0] = zigzag(first[0]);
    for i in 1..VERTICES {
        residues[i] = zigzag(first[i].wrapping_sub(first[i - 1]));
    }
    let rows = heights.chunks_exact(VERTICES).zip(rest.chunks_exact(VERTICES));
    for ((north, row), residues) in rows.zip(residues[VERTICES..].chunks_exact_mut(VERTICES)) {
        residues[0] = zigzag(row[0].wrapping_sub(north[0]));
        for i in 1..VERTICES {
            let expected = row[i - 1].wrapping_add(north[i]).wrapping_sub(north[i - 1]);
            residues[i] = zigzag(row[i].wrapping_sub(expected));
        }
    }
    body.extend(residues.iter().map(|residue| *residue as u8));
    body.extend(residues.iter().map(|residue| (residue >> 8) as u8));
}

/// Takes what [`put_surface`] has added.
pub(crate) fn take_surface(body: &mut Reader<'_>) -> Result<Vec<u16>, DecodeError> {
    let (low, high) = (body.take(POINTS)?, body.take(POINTS)?);
    let mut heights = vec![0_u16; POINTS];
    for i in 0..POINTS {
        let expected = match (i % VERTICES, i / VERTICES) {
            (0, 0) => 0,
            (_, 0) => heights[i - 1],
            (0, _) => heights[i - VERTICES],
            _ => heights[i - 1].wrapping_add(heights[i - VERTICES]).wrapping_sub(heights[i - VERTICES - 1]),
        };
        heights[i] = expected.wrapping_add(unzigzag(u16::from_le_bytes([low[i], high[i]])));
    }
    Ok(heights)
}

/// Small differences either way become small numbers.
fn zigzag(difference: u16) -> u16 {
    (difference << 1) ^ (((difference as i16) >> 15) as u16)
}

fn unzigzag(code: u16) -> u16 {
    (code >> 1) ^ (code & 1).wrapping_neg()
}

/// Adds a kind for each square: those that there are, and their places in this list.
pub(crate) fn put_kinds(kinds: &[u8], body: &mut Vec<u8>) {
    let mut present = [false; 256];
    kinds.iter().for_each(|kind| present[usize::from(*kind)] = true);
    let (mut places, mut palette) = ([0_u8; 256], Vec::with_capacity(16));
    for kind in 0..=u8::MAX {
        if present[usize::from(kind)] {
            places[usize::from(kind)] = palette.len() as u8;
            palette.push(kind);
        }
    }
    // 256 kinds would be written as 0, which stands for nothing else.
    body.push(palette.len() as u8);
    body.extend_from_slice(&palette);
    match palette.len() {
        1 => {}
        2..=16 => body.extend(
            kinds
                .as_chunks::<2>()
                .0
                .iter()
                .map(|[west, east]| places[usize::from(*west)] | places[usize::from(*east)] << 4),
        ),
        _ => body.extend(kinds.iter().map(|kind| places[usize::from(*kind)])),
    }
}

/// Takes what [`put_kinds`] has added.
pub(crate) fn take_kinds(body: &mut Reader<'_>) -> Result<Vec<u8>, DecodeError> {
    let count = match body.array()? {
        [0] => 256,
        [count] => usize::from(count),
    };
    let palette = body.take(count)?;
    let kind = |place: u8| palette.get(usize::from(place)).copied().ok_or(DecodeError::Damaged);
    match count {
        1 => Ok(vec![palette[0]; SQUARES_ALL]),
        2..=16 => {
            let pairs = body.take(SQUARES_ALL / 2)?.iter();
            pairs.flat_map(|pair| [pair & 0xf, pair >> 4]).map(kind).collect()
        }
        _ => body.take(SQUARES_ALL)?.iter().map(|place| kind(*place)).collect(),
    }
}
