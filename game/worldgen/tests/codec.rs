//! Payloads come back as they were, and other bytes are refused.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use grid::CellCoord;
use proptest::{collection::vec, prelude::*};
use worldgen::{Chunk, DecodeError, FEATURES_MAX, Feature, PAYLOAD_MAX, Recipe, World, chunk_hash};

fn chunk() -> Chunk {
    let text = include_str!("../../../config/recipes/temperate.yaml");
    World::new(42, Recipe::from_yaml("temperate.yaml", text).unwrap()).unwrap().chunk(CellCoord::new(-7, 12))
}

#[test]
fn a_chunk_comes_back_as_it_was_and_is_compact() {
    let chunk = chunk();
    let payload = chunk.encode();
    assert_eq!(Chunk::decode(&payload), Ok(chunk.clone()));
    assert!(payload.len() < 12_000, "{} bytes", payload.len());
    assert_eq!(chunk_hash(&payload).len(), 64);
    assert_eq!(chunk.to_r16().len(), 65 * 65 * 2);
}

#[test]
fn other_bytes_are_refused_by_name() {
    let mut payload = chunk().encode();
    assert_eq!(Chunk::decode(b"PNG"), Err(DecodeError::NotAChunk));
    assert_eq!(Chunk::decode(&payload[..23]), Err(DecodeError::Damaged));
    assert_eq!(Chunk::decode(&vec![0; PAYLOAD_MAX + 1]), Err(DecodeError::Damaged));
    payload[4] = 9;
    assert_eq!(Chunk::decode(&payload), Err(DecodeError::UnknownVersion(9)));
}

fn feature() -> impl Strategy<Value = Feature> {
    any::<(u8, u16, u16, u8, u8)>().prop_map(|(kind, x, z, yaw, scale)| Feature { kind, x, z, yaw, scale })
}

/// Few kinds and many: each is packed in its own way.
fn kinds() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![Just(1_u8), Just(2), Just(16), Just(17), Just(255)]
        .prop_flat_map(|most| vec(0..=most - 1, 64 * 64))
}

prop_compose! {
    fn any_chunk()(
        (x, z, lowest) in any::<(i32, i32, i32)>(),
        (sea, danger) in any::<(i32, u8)>(),
        heights in vec(any::<u16>(), 65 * 65),
        water in prop_oneof![Just(Vec::new()), vec(any::<u16>(), 65 * 65)],
        biomes in kinds(),
        materials in kinds(),
        rows in vec(any::<u64>(), 64),
        features in vec(feature(), 0..=FEATURES_MAX),
    ) -> Chunk {
        let walkable = rows.try_into().unwrap();
        let coord = CellCoord::new(x, z);
        let (lowest_units, sea_units) = (lowest.into(), sea.into());
        Chunk { coord, lowest_units, heights, sea_units, water, biomes, materials, danger, walkable, features }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn even_noise_fits_and_comes_back(chunk in any_chunk()) {
        let payload = chunk.encode();
        prop_assert!(payload.len() <= PAYLOAD_MAX);
        prop_assert_eq!(Chunk::decode(&payload), Ok(chunk));
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..600)) {
        let _ = Chunk::decode(&bytes);
        let _ = Chunk::decode(&[b"RKCH\x02".as_slice(), &bytes].concat());
    }

    #[test]
    fn cut_and_flipped_payloads_never_panic(cut in 0.0..1.0, flip in 0.0..1.0, mask: u8) {
        let mut payload = chunk_payload();
        let at = (payload.len() as f64 * flip) as usize;
        payload[at] ^= mask;
        let _ = Chunk::decode(&payload);
        payload.truncate((payload.len() as f64 * cut) as usize);
        prop_assert!(Chunk::decode(&payload).is_err());
    }
}

fn chunk_payload() -> Vec<u8> {
    static PAYLOAD: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    PAYLOAD.get_or_init(|| chunk().encode()).clone()
}
