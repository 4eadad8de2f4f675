//! Blobs that change hands while they are written.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bytes::Bytes;
use serde_json::json;
use tokio::time::timeout;

use super::{House, PATIENCE, to};
use crate::s3::S3;

#[tokio::test(flavor = "multi_thread")]
async fn blobs_come_along_while_they_are_written() {
    let (house, store) = (House::embedded().await, S3::start().await);
    let (node, blobs) = (house.node("blob_store"), house.blobs.clone());
    for number in 0..60_u8 {
        blobs.put(&format!("chunks/{number}"), Bytes::from(vec![number; 1_000])).await.expect("puts");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let busy = tokio::spawn({
        let (blobs, stop) = (blobs.clone(), Arc::clone(&stop));
        async move {
            let mut turns = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                blobs.put("index", Bytes::from(turns.to_string())).await.expect("puts");
                blobs.put("passing", Bytes::from_static(b"soon gone")).await.expect("puts");
                blobs.remove("passing").await.expect("removes");
                assert!(blobs.get("chunks/7").await.expect("reads").is_some(), "is there all the time");
                turns += 1;
            }
            turns - 1
        }
    });
    let done = node.swap(&to("s3", store.config())).await.expect("swaps");
    assert!(done.moved["blobs"] >= 60, "{done:?}");
    stop.store(true, Ordering::Relaxed);
    let last = timeout(PATIENCE, busy).await.expect("in time").expect("no panic");
    assert_eq!(blobs.get("index").await.expect("reads"), Some(Bytes::from(last.to_string())));
    assert_eq!(blobs.get("passing").await.expect("reads"), None);
    assert!(blobs.place().contains(crate::s3::BUCKET));
    for number in 0..60_u8 {
        let blob = blobs.get(&format!("chunks/{number}")).await.expect("reads").expect("came along");
        assert_eq!(blob, vec![number; 1_000]);
    }
    // What changes over there is what counts on the way back.
    blobs.put("chunks/7", Bytes::from_static(b"another")).await.expect("puts");
    node.swap(&to("folder", json!({}))).await.expect("swaps back");
    assert_eq!(blobs.get("chunks/7").await.expect("reads"), Some(Bytes::from_static(b"another")));
}
