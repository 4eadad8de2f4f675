//! A store that speaks S3 and checks signatures, over a folder of its own.

use std::fs;

use hyper_util::rt::TokioIo;
use infra::{blobs::BlobDriver, blobs::s3::S3Config, node::SecretRef};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

const KEY_ID: &str = "keeper";
const SECRET: &str = "a secret of the test's own";
pub(crate) const BUCKET: &str = "realmkeep";

/// The store. It ends with this.
pub(crate) struct S3 {
    endpoint: String,
    folder: TempDir,
    _server: AbortOnDropHandle<()>,
}

impl S3 {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("buckets").join(BUCKET)).expect("a bucket");
        let files = s3s_fs::FileSystem::new(folder.path().join("buckets")).expect("opens");
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("has one"));
        let server = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(socket), service.clone());
                tokio::spawn(connection);
            }
        });
        fs::write(folder.path().join("key-id"), KEY_ID).expect("writes");
        fs::write(folder.path().join("secret"), format!("{SECRET}\n")).expect("writes");
        fs::write(folder.path().join("wrong-secret"), "guessed").expect("writes");
        Self { endpoint, folder, _server: AbortOnDropHandle::new(server) }
    }

    /// A node's settings.
    pub(crate) fn config(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "bucket": BUCKET,
            "access_key_id": self.file("key-id"),
            "secret_access_key": self.file("secret"),
        })
    }

    pub(crate) fn open(&self, prefix: Option<&str>) -> BlobDriver {
        let mut config = self.config();
        config["prefix"] = json!(prefix);
        serde_json::from_value::<S3Config>(config).expect("fits").open().expect("opens")
    }

    /// With a key that somebody made up.
    pub(crate) fn open_as_stranger(&self) -> BlobDriver {
        let mut config = self.config();
        config["secret_access_key"] = json!(self.file("wrong-secret"));
        serde_json::from_value::<S3Config>(config).expect("fits").open().expect("opens")
    }

    fn file(&self, name: &str) -> SecretRef {
        SecretRef::File(self.folder.path().join(name))
    }
}
