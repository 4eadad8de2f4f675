//! The part of MessagePack that control messages use: nil, booleans, integers, text, byte strings and one array.
//!
//! The writer always takes the shortest form. The reader takes any form whose value fits, as encoders differ.

use uuid::Uuid;

use crate::{DecodeError, limits::TEXT_BYTES_MAX};

/// Appends MessagePack values to a buffer.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// A writer whose output begins with `prefix`.
    #[must_use]
    pub fn with_prefix(prefix: u8) -> Self {
        Self { bytes: vec![prefix] }
    }

    /// The bytes written so far.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes the head of an array of at most 65,535 items.
    pub fn array(&mut self, items: u16) {
        match u8::try_from(items) {
            Ok(few @ 0..=15) => self.bytes.push(0x90 | few),
            _ => self.tagged(0xdc, &items.to_be_bytes()),
        }
    }

    /// Writes nil.
    pub fn nil(&mut self) {
        self.bytes.push(0xc0);
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.bytes.push(if value { 0xc3 } else { 0xc2 });
    }

    /// Writes an unsigned integer.
    pub fn unsigned(&mut self, value: u64) {
        if let Ok(byte) = u8::try_from(value) {
            if byte < 0x80 {
                self.bytes.push(byte);
            } else {
                self.tagged(0xcc, &[byte]);
            }
        } else if let Ok(short) = u16::try_from(value) {
            self.tagged(0xcd, &short.to_be_bytes());
        } else if let Ok(word) = u32::try_from(value) {
            self.tagged(0xce, &word.to_be_bytes());
        } else {
            self.tagged(0xcf, &value.to_be_bytes());
        }
    }

    /// Writes a signed integer; one that is not negative takes the unsigned form.
    pub fn signed(&mut self, value: i64) {
        if let Ok(unsigned) = u64::try_from(value) {
            self.unsigned(unsigned);
        } else if let Ok(byte) = i8::try_from(value) {
            if byte >= -32 {
                self.bytes.extend(byte.to_be_bytes());
            } else {
                self.tagged(0xd0, &byte.to_be_bytes());
            }
        } else if let Ok(short) = i16::try_from(value) {
            self.tagged(0xd1, &short.to_be_bytes());
        } else if let Ok(word) = i32::try_from(value) {
            self.tagged(0xd2, &word.to_be_bytes());
        } else {
            self.tagged(0xd3, &value.to_be_bytes());
        }
    }

    /// Writes a text. One over [`TEXT_BYTES_MAX`] is cut at a character's boundary: no peer would read it.
    pub fn text(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
        let length = text.len() as u16;
        match u8::try_from(length) {
            Ok(short @ 0..=31) => self.bytes.push(0xa0 | short),
            Ok(medium) => self.tagged(0xd9, &[medium]),
            Err(_) => self.tagged(0xda, &length.to_be_bytes()),
        }
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Writes a UUID as a byte string of 16.
    pub fn uuid(&mut self, uuid: Uuid) {
        self.tagged(0xc4, &[16]);
        self.bytes.extend_from_slice(uuid.as_bytes());
    }

    fn tagged(&mut self, tag: u8, payload: &[u8]) {
        self.bytes.push(tag);
        self.bytes.extend_from_slice(payload);
    }
}

/// Takes MessagePack values off a slice.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Checks that all bytes were read.
    ///
    /// # Errors
    /// When bytes are left over.
    pub const fn finish(self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DecodeError::TrailingBytes) }
    }

    /// Bytes still to come.
    #[must_use]
    pub const fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Reads the head of an array and gives its number of items.
    ///
    /// # Errors
    /// When no array follows.
    pub fn array(&mut self) -> Result<u32, DecodeError> {
        match self.byte()? {
            tag @ 0x90..=0x9f => Ok(u32::from(tag & 0x0f)),
            0xdc => self.big_endian::<2>().map(|bytes| u32::from(u16::from_be_bytes(bytes))),
            0xdd => self.big_endian::<4>().map(u32::from_be_bytes),
            _ => Err(DecodeError::WrongType),
        }
    }

    /// Reads nil if it is next, and tells whether it was.
    ///
    /// # Errors
    /// When nothing follows.
    pub fn take_nil(&mut self) -> Result<bool, DecodeError> {
        let is_nil = *self.rest.first().ok_or(DecodeError::Truncated)? == 0xc0;
        if is_nil {
            self.rest = &self.rest[1..];
        }
        Ok(is_nil)
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// When no boolean follows.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.byte()? {
            0xc2 => Ok(false),
            0xc3 => Ok(true),
            _ => Err(DecodeError::WrongType),
        }
    }

    /// Reads an integer in whichever of MessagePack's forms it comes. 128 bits hold every one of them.
    ///
    /// # Errors
    /// When no integer follows.
    pub fn integer(&mut self) -> Result<i128, DecodeError> {
        Ok(match self.byte()? {
            small @ 0x00..=0x7f => i128::from(small),
            small @ 0xe0..=0xff => i128::from(i8::from_be_bytes([small])),
            0xcc => i128::from(self.byte()?),
            0xcd => i128::from(u16::from_be_bytes(self.big_endian()?)),
            0xce => i128::from(u32::from_be_bytes(self.big_endian()?)),
            0xcf => i128::from(u64::from_be_bytes(self.big_endian()?)),
            0xd0 => i128::from(i8::from_be_bytes(self.big_endian()?)),
            0xd1 => i128::from(i16::from_be_bytes(self.big_endian()?)),
            0xd2 => i128::from(i32::from_be_bytes(self.big_endian()?)),
            0xd3 => i128::from(i64::from_be_bytes(self.big_endian()?)),
            _ => return Err(DecodeError::WrongType),
        })
    }

    /// Reads a text of at most [`TEXT_BYTES_MAX`] bytes.
    ///
    /// # Errors
    /// When no text follows, or it is too long or not UTF-8.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        let length = match self.byte()? {
            tag @ 0xa0..=0xbf => u32::from(tag & 0x1f),
            0xd9 => u32::from(self.byte()?),
            0xda => u32::from(u16::from_be_bytes(self.big_endian()?)),
            0xdb => u32::from_be_bytes(self.big_endian()?),
            _ => return Err(DecodeError::WrongType),
        };
        if length as usize > TEXT_BYTES_MAX {
            return Err(DecodeError::OverLimit);
        }
        std::str::from_utf8(self.take(length as usize)?).map_err(|_| DecodeError::NotUtf8)
    }

    /// Reads a UUID: a byte string of 16.
    ///
    /// # Errors
    /// When no byte string of that length follows.
    pub fn uuid(&mut self) -> Result<Uuid, DecodeError> {
        let length = match self.byte()? {
            0xc4 => u32::from(self.byte()?),
            0xc5 => u32::from(u16::from_be_bytes(self.big_endian()?)),
            0xc6 => u32::from_be_bytes(self.big_endian()?),
            _ => return Err(DecodeError::WrongType),
        };
        if length != 16 {
            return Err(DecodeError::OutOfRange);
        }
        self.big_endian().map(Uuid::from_bytes)
    }

    fn byte(&mut self) -> Result<u8, DecodeError> {
        self.big_endian::<1>().map(|[byte]| byte)
    }

    fn big_endian<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(*head)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(head)
    }
}
