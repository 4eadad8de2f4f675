//! Stateless hashing: every random choice is a hash of what it is for and where it is.

/// The finaliser of SplitMix64 over a step of the golden ratio: each input bit changes half of the output bits.
pub(crate) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A seed for one named use, such as a layer: the name decides and never its place in a list, so that inserting a layer
/// leaves all others as they were.
pub(crate) fn named_seed(seed: u64, engine: u32, kind: &str, name: &str) -> u64 {
    let start = mix(seed ^ mix(u64::from(engine)));
    // The kinds and names are joined by a byte that UTF-8 never contains.
    let bytes = kind.bytes().chain(std::iter::once(0xff)).chain(name.bytes());
    bytes.fold(start, |state, byte| mix(state ^ u64::from(byte)))
}

/// The hash of a lattice corner or square.
pub(crate) const fn at(seed: u64, x: i64, z: i64) -> u64 {
    mix(mix(seed ^ (x as u64)).wrapping_add(z as u64))
}
