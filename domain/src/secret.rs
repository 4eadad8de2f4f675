//! Secrets that we hand out, and what we keep of them.

use secrecy::{ExposeSecret as _, SecretString};

/// 256 bits from the system's generator, as 64 hex digits.
pub(crate) fn random() -> SecretString {
    SecretString::from(hex(&rand::random::<[u8; 32]>()))
}

/// A password that a person can copy from a terminal: 26 letters and digits without look-alikes, about 130 bits.
pub(crate) fn readable_password() -> SecretString {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let password: String =
        rand::random::<[u8; 26]>().iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    SecretString::from(password)
}

/// What is kept of a secret: enough to know it again, not enough to use it. The secrets have 256 random bits, so a
/// plain hash cannot be turned around by guessing.
pub(crate) fn hash(secret: &SecretString) -> String {
    blake3::hash(secret.expose_secret().as_bytes()).to_hex().to_string()
}

/// The secret that follows `secret`: always the same one, and known to nobody without `key`.
pub(crate) fn successor(key: &[u8; 32], secret: &SecretString) -> SecretString {
    SecretString::from(blake3::keyed_hash(key, secret.expose_secret().as_bytes()).to_hex().to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
