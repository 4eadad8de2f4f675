//! Calls over TLS. The server's certificate is good for a hundred years and its key is no secret: both are the test's.

use std::{path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use infra::https::{CallError, Caller};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};
use tokio_util::task::AbortOnDropHandle;

const PATIENCE: Duration = Duration::from_secs(30);

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/https").join(name)
}

/// A server that says 202 to everybody; and what it heard, at the end.
async fn server() -> (String, AbortOnDropHandle<String>) {
    let certificate = CertificateDer::from_pem_file(file("server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(file("server.key")).expect("a key");
    let provider = Arc::new(crypto::ring::default_provider());
    let settings = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the usual ones")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("has one").port();
    let heard = tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(settings));
        loop {
            let (socket, _) = listener.accept().await.expect("accepts");
            let Ok(mut socket) = acceptor.accept(socket).await else { continue };
            let mut request = Vec::new();
            while !request.ends_with(b"{}") {
                assert!(socket.read_buf(&mut request).await.expect("reads") > 0, "ended early");
            }
            let answer = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";
            socket.write_all(answer).await.expect("writes");
            socket.flush().await.expect("writes");
            return String::from_utf8(request).expect("is text");
        }
    });
    (format!("https://localhost:{port}/hook?a=b"), AbortOnDropHandle::new(heard))
}

#[tokio::test]
async fn a_server_is_called_that_an_authority_of_ours_vouches_for() {
    let (url, heard) = server().await;
    let caller = Caller::new(PATIENCE, Some(&file("authority.pem"))).expect("is made");
    let headers = [("idempotency-key", "one")];
    let status = caller.post(&url, &headers, Bytes::from_static(b"{}")).await.expect("is answered");
    assert_eq!(status.as_u16(), 202);
    let heard = heard.await.expect("no panic");
    assert!(heard.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("idempotency-key: one\r\n") && heard.ends_with("\r\n\r\n{}"), "{heard}");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_told_nothing() {
    let (url, _heard) = server().await;
    let caller = Caller::new(PATIENCE, None).expect("is made");
    let refused = caller.post(&url, &[], Bytes::from_static(b"{}")).await.expect_err("is not trusted");
    let told = refused.to_string();
    assert!(told.contains("UnknownIssuer"), "{told}");
    assert!(!told.contains("hook"), "an address may be a secret: {told}");
}

#[tokio::test]
async fn what_can_not_be_called_is_told() {
    let caller = Caller::new(PATIENCE, None).expect("is made");
    let nonsense = caller.post("not an address", &[], Bytes::new()).await.expect_err("is none");
    assert!(matches!(nonsense, CallError::Invalid(_)), "{nonsense}");
    let nobody = caller.post("http://127.0.0.1:1/", &[], Bytes::new()).await.expect_err("nobody is there");
    assert!(nobody.to_string().contains("refused"), "{nobody}");
    let missing = Caller::new(PATIENCE, Some(&file("missing.pem"))).expect_err("is not there");
    assert!(missing.to_string().contains("missing.pem"), "{missing}");
    let no_certificate = Caller::new(PATIENCE, Some(&file("server.key"))).expect_err("holds none");
    assert!(no_certificate.to_string().contains("no certificate"), "{no_certificate}");
}
