//! Blobs in a folder.

use bytes::Bytes;
use infra::blobs::{BLOB_BYTES_MAX, BlobError, Blobs};

#[tokio::test]
async fn a_blob_comes_back_as_it_was_put() {
    let folder = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::in_folder(folder.path()).expect("opens");
    let key = "chunks/0a1b/-1.2/-8.17.bin";
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

#[tokio::test]
async fn many_writers_of_one_blob_never_mix() {
    let folder = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::in_folder(folder.path()).expect("opens");
    let writers = (0..16_u8).map(|writer| {
        let blobs = blobs.clone();
        tokio::spawn(async move { blobs.put("one", Bytes::from(vec![writer; 100_000])).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("joins").expect("writes");
    }
    let bytes = blobs.get("one").await.expect("reads").expect("is there");
    assert_eq!(bytes.len(), 100_000);
    assert!(bytes.iter().all(|byte| *byte == bytes[0]), "two writers are mixed");
    let left = std::fs::read_dir(folder.path()).expect("lists").count();
    assert_eq!(left, 1, "no draft stays behind");
}

#[tokio::test]
async fn a_folder_that_cannot_be_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("occupied");
    std::fs::write(&file, b"a file").expect("writes");
    let Err(error) = Blobs::in_folder(&file) else { panic!("a file is no folder") };
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
async fn a_blob_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let blobs = Blobs::in_folder(folder.path()).expect("opens");
    let huge = Bytes::from(vec![0; BLOB_BYTES_MAX + 1]);
    assert!(matches!(blobs.put("huge", huge).await, Err(BlobError::TooLarge { .. })));
}
