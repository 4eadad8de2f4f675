//! One suite for every driver of the blobs, and what is a folder's alone.

use bytes::Bytes;
use infra::{
    Node as _,
    blobs::{BLOB_BYTES_MAX, BlobDriver, BlobError, Blobs},
};
use tempfile::TempDir;

use crate::s3::S3;

/// Blobs of a test's own, and what must outlive them.
struct TestBlobs {
    blobs: Blobs,
    _folder: Option<TempDir>,
    _store: Option<S3>,
}

fn folder() -> TestBlobs {
    let folder = tempfile::tempdir().expect("a folder");
    TestBlobs { blobs: Blobs::in_folder(folder.path()).expect("opens"), _folder: Some(folder), _store: None }
}

async fn s3(prefix: Option<&str>) -> TestBlobs {
    let store = S3::start().await;
    TestBlobs { blobs: Blobs::over(store.open(prefix)), _folder: None, _store: Some(store) }
}

for_each_driver! {
    {
        folder_driver: folder(),
        s3_driver: s3(None).await,
        shared_bucket_driver: s3(Some("/games/one/")).await,
    }
    a_blob_comes_back_as_it_was_put,
    many_writers_of_one_blob_never_mix,
    a_blob_beyond_the_limit_is_refused,
    blobs_that_work_say_so,
}

async fn a_blob_comes_back_as_it_was_put(test: TestBlobs) {
    let (blobs, key) = (&test.blobs, "chunks/0a1b/-1.2/-8.17.bin");
    assert_eq!(blobs.get(key).await.expect("reads"), None);
    assert!(!blobs.exists(key).await.expect("looks"));
    for bytes in [&b"first"[..], b"second", b""] {
        blobs.put(key, Bytes::copy_from_slice(bytes)).await.expect("writes");
        assert_eq!(blobs.get(key).await.expect("reads").as_deref(), Some(bytes));
        assert!(blobs.exists(key).await.expect("looks"));
    }
    blobs.remove(key).await.expect("removes");
    blobs.remove(key).await.expect("is gone already, which is fine");
    assert_eq!(blobs.get(key).await.expect("reads"), None);
}

async fn many_writers_of_one_blob_never_mix(test: TestBlobs) {
    let writers = (0..16_u8).map(|writer| {
        let blobs = test.blobs.clone();
        tokio::spawn(async move { blobs.put("one", Bytes::from(vec![writer; 100_000])).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("joins").expect("writes");
    }
    let bytes = test.blobs.get("one").await.expect("reads").expect("is there");
    assert_eq!(bytes.len(), 100_000);
    assert!(bytes.iter().all(|byte| *byte == bytes[0]), "two writers are mixed");
}

async fn a_blob_beyond_the_limit_is_refused(test: TestBlobs) {
    let huge = Bytes::from(vec![0; BLOB_BYTES_MAX + 1]);
    assert!(matches!(test.blobs.put("huge", huge).await, Err(BlobError::TooLarge { .. })));
}

async fn blobs_that_work_say_so(test: TestBlobs) {
    test.blobs.probe().await.expect("is well");
    assert!(!test.blobs.place().is_empty());
}

#[tokio::test]
async fn no_draft_stays_behind_in_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::in_folder(folder.path()).expect("opens");
    blobs.put("one", Bytes::from_static(b"bytes")).await.expect("writes");
    assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 1);
}

#[tokio::test]
async fn a_folder_that_cannot_be_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("occupied");
    std::fs::write(&file, b"a file").expect("writes");
    let Err(error) = BlobDriver::in_folder(&file) else { panic!("a file is no folder") };
    assert!(matches!(error, BlobError::FolderUnusable { .. }));
    assert!(error.to_string().contains("occupied"), "{error}");
}

#[tokio::test]
async fn a_folder_that_vanishes_is_noticed_by_the_probe() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("blobs");
    let blobs = Blobs::in_folder(&path).expect("opens");
    blobs.probe().await.expect("is well");
    std::fs::remove_dir_all(&path).expect("removes");
    std::fs::write(&path, b"something else stands there now").expect("writes");
    blobs.probe().await.expect_err("is not well");
}

#[tokio::test]
async fn a_bucket_is_closed_to_strangers_and_no_secret_is_told() {
    let store = S3::start().await;
    let stranger = store.open_as_stranger();
    let error = stranger.probe().await.expect_err("is refused");
    let told = format!("{error} {stranger:?}");
    assert!(told.contains(crate::s3::BUCKET), "{told}");
    assert!(!told.contains("guessed"), "{told}");
}
