//! Terrain, from blobs or grown.

use std::{fs, sync::Arc};

use api::world::{ChunkHashesRequest, TileQuery};
use domain::{Error, chunks};
use futures::future::try_join_all;
use grid::{CellCoord, WorldId};
use uuid::Uuid;

use crate::test_domain::{TestDomain, may};

#[tokio::test]
async fn a_chunk_has_one_hash_in_all_its_forms() {
    let test = TestDomain::new().await;
    let (owner, cell) = (test.owner().await, CellCoord::new(3, -2));
    let grown = chunks::read(&test.domain, &may(&owner), test.world, cell).await.expect("grows").grown;
    assert_eq!(*grown.hash, *blake3::hash(&grown.payload).to_hex());
    let told = chunks::describe(&test.domain, &may(&owner), test.world, cell).await.expect("tells");
    assert_eq!((told.hash.as_str(), told.coord), (&*grown.hash, cell));
    assert!((told.biomes.iter().map(|biome| biome.share).sum::<f64>() - 1.0).abs() < 1e-9);
    let request = ChunkHashesRequest { world_id: test.world, first: CellCoord::new(2, -3), side: 2 };
    let hashes = chunks::hashes(&test.domain, &may(&owner), request).await.expect("tells");
    assert_eq!(hashes.len(), 4);
    assert_eq!((hashes[3].coord, hashes[3].hash.as_str()), (cell, &*grown.hash), "row by row");
    let png = chunks::picture(&test.domain, &may(&owner), test.world, cell).await.expect("draws");
    assert!(png.starts_with(b"\x89PNG"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_chunk_that_many_ask_for_at_once_grows_once() {
    let test = TestDomain::new().await;
    let (owner, cell) = (test.owner().await, CellCoord::new(40, -17));
    let asked = (0..32).map(|_| {
        let (domain, owner, world) = (test.domain.clone(), owner.clone(), test.world);
        tokio::spawn(async move { chunks::read(&domain, &may(&owner), world, cell).await })
    });
    let answered = try_join_all(asked).await.expect("none panics");
    let chunks: Vec<_> = answered.into_iter().map(|read| read.expect("grows").grown.chunk).collect();
    assert!(chunks.iter().all(|chunk| Arc::ptr_eq(chunk, &chunks[0])), "some asker had a chunk of its own");
}

#[tokio::test]
async fn a_damaged_blob_is_grown_again() {
    let test = TestDomain::new().await;
    let (owner, cell) = (test.owner().await, CellCoord::new(0, 0));
    let grown = chunks::read(&test.domain, &may(&owner), test.world, cell).await.expect("grows").grown;
    let folder = test.folder().join("blobs/chunks");
    let world = fs::read_dir(folder).expect("lists").next().expect("one world").expect("reads").path();
    let file = world.join("0.0/0.0.bin");
    assert_eq!(fs::read(&file).expect("is kept"), grown.payload);
    fs::write(&file, &grown.payload[..grown.payload.len() / 2]).expect("truncates");
    let again = test.restarted().await;
    let healed =
        chunks::read(&again.domain, &may(&owner), test.world, cell).await.expect("grows again").grown;
    assert_eq!(healed.hash, grown.hash);
    assert_eq!(fs::read(&file).expect("is kept"), grown.payload);
}

#[tokio::test]
async fn far_tiles_grow_once_and_are_kept() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let wanted = TileQuery { level: 3, x: -2, z: 1 };
    let far = chunks::read_far(&test.domain, &may(&owner), test.world, wanted).await.expect("grows");
    assert_eq!(*far.grown.hash, *blake3::hash(&far.grown.payload).to_hex());
    let told = chunks::describe_far(&test.domain, &may(&owner), test.world, wanted).await.expect("tells");
    assert_eq!((told.square_m, told.hash.as_str()), (8, &*far.grown.hash));
    let png = chunks::picture_far(&test.domain, &may(&owner), test.world, wanted).await.expect("draws");
    assert!(png.starts_with(b"\x89PNG"));
    let again = test.restarted().await;
    let kept = chunks::read_far(&again.domain, &may(&owner), test.world, wanted).await.expect("is kept");
    assert_eq!(kept.grown.hash, far.grown.hash);
    for wanted in [
        TileQuery { level: 0, ..wanted },
        TileQuery { level: 7, ..wanted },
        TileQuery { x: i32::MAX, ..wanted },
    ] {
        let refused = chunks::read_far(&test.domain, &may(&owner), test.world, wanted).await;
        assert!(matches!(refused, Err(Error::Invalid(_) | Error::InvalidField { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn what_is_not_in_the_world_is_refused() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let nowhere = WorldId::from_uuid(Uuid::now_v7());
    let read = chunks::read(&test.domain, &may(&owner), nowhere, CellCoord::new(0, 0)).await;
    assert!(matches!(read, Err(Error::NotFound("world"))), "{read:?}");
    for cell in [CellCoord::new(i32::MAX, 0), CellCoord::new(0, i32::MIN)] {
        let read = chunks::read(&test.domain, &may(&owner), test.world, cell).await;
        assert!(matches!(read, Err(Error::InvalidField { .. })), "{read:?}");
    }
    let wide = ChunkHashesRequest { world_id: test.world, first: CellCoord::new(0, 0), side: 17 };
    let hashes = chunks::hashes(&test.domain, &may(&owner), wide).await;
    assert!(matches!(hashes, Err(Error::Invalid(_))), "{hashes:?}");
}
