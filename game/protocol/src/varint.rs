//! Variable-length integers of frames: seven bits a byte, lowest first, the top bit says that more follows.

use crate::DecodeError;

/// Appends `value` in one to ten bytes.
pub fn write(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed value, folded so that small ones of either sign stay short: 0, -1, 1, -2 … become 0, 1, 2, 3 ….
pub fn write_signed(out: &mut Vec<u8>, value: i64) {
    write(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Takes varints, bytes and slices off the front of a frame.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, length: bytes.len() }
    }

    /// Bytes taken so far.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.length - self.rest.len()
    }

    /// Bytes still to come.
    #[must_use]
    pub const fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Checks that all bytes were taken.
    ///
    /// # Errors
    /// When bytes are left over.
    pub const fn finish(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DecodeError::TrailingBytes) }
    }

    /// Takes one byte.
    ///
    /// # Errors
    /// At the end of the bytes.
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        let (&head, rest) = self.rest.split_first().ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    /// Takes `length` bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }

    /// Takes exactly `N` bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(*head)
    }

    /// Takes an unsigned varint.
    ///
    /// # Errors
    /// At the end of the bytes, or when the value passes 64 bits.
    pub fn unsigned(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit only.
            if shift == 63 && bits > 1 {
                return Err(DecodeError::OutOfRange);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(DecodeError::OutOfRange)
    }

    /// Takes an unsigned varint that fits 32 bits.
    ///
    /// # Errors
    /// At the end of the bytes, or when the value passes 32 bits.
    pub fn unsigned_32(&mut self) -> Result<u32, DecodeError> {
        self.unsigned()?.try_into().map_err(|_| DecodeError::OutOfRange)
    }

    /// Takes a count of things that are at most `most`.
    ///
    /// # Errors
    /// At the end of the bytes, or over the limit.
    pub fn count(&mut self, most: usize) -> Result<usize, DecodeError> {
        match usize::try_from(self.unsigned()?) {
            Ok(count) if count <= most => Ok(count),
            _ => Err(DecodeError::OverLimit),
        }
    }

    /// Takes a signed varint.
    ///
    /// # Errors
    /// At the end of the bytes, or when the value passes 64 bits.
    pub fn signed(&mut self) -> Result<i64, DecodeError> {
        let folded = self.unsigned()?;
        Ok((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    /// Takes a signed varint that fits 32 bits.
    ///
    /// # Errors
    /// At the end of the bytes, or when the value passes 32 bits.
    pub fn signed_32(&mut self) -> Result<i32, DecodeError> {
        self.signed()?.try_into().map_err(|_| DecodeError::OutOfRange)
    }
}
