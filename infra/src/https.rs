//! A client of HTTP and HTTPS, for drivers and webhooks that go out into the world.
//!
//! TLS is rustls over ring with the authorities that Mozilla trusts, and it is chosen here, for these clients alone: no
//! other client of the process gets a TLS, or a panic for want of one, because this one has it.

use std::{path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode, body::Body};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, Error, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use tokio::time::timeout;

use crate::node::NodeError;

/// A client whose requests carry a `B`. Clones share its connections.
pub type HttpsClient<B> = Client<HttpsConnector<HttpConnector>, B>;

/// Makes a client, which trusts the authorities in a PEM file as well if one is given.
///
/// # Errors
/// The file can't be read, or holds no certificate.
pub fn client<B>(authorities: Option<&Path>) -> Result<HttpsClient<B>, NodeError>
where
    B: Body + Send,
    B::Data: Send,
{
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = authorities {
        let unusable = |reason: String| NodeError::Failed { place: file.display().to_string(), reason };
        let found = CertificateDer::pem_file_iter(file).map_err(|error| unusable(error.to_string()))?;
        let mut count = 0;
        for authority in found {
            let authority = authority.map_err(|error| unusable(error.to_string()))?;
            roots.add(authority).map_err(|error| unusable(error.to_string()))?;
            count += 1;
        }
        if count == 0 {
            return Err(unusable("there is no certificate in it".to_owned()));
        }
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the usual versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().build();
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

/// Posts to addresses of others, within a time limit. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Caller {
    client: HttpsClient<Full<Bytes>>,
    limit: Duration,
}

/// Why a call had no answer. The address is not told: it may hold a secret of its own.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address is none, or a header holds what none may.
    #[error("no call can be made of that: {0}")]
    Invalid(#[from] hyper::http::Error),
    /// No answer within the time limit.
    #[error("no answer within {limit_ms} ms")]
    TimedOut {
        /// The limit that passed, in milliseconds.
        limit_ms: u128,
    },
    /// Nobody answers there, or not in a way that can be trusted.
    #[error("no answer: {}", with_causes(.0))]
    Failed(#[source] Error),
}

impl Caller {
    /// Makes one whose calls are answered within `limit`, or have failed.
    ///
    /// # Errors
    /// As of [`client`].
    pub fn new(limit: Duration, authorities: Option<&Path>) -> Result<Self, NodeError> {
        Ok(Self { client: client(authorities)?, limit })
    }

    /// Posts a body, and follows no redirection.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, &str)],
        body: Bytes,
    ) -> Result<StatusCode, CallError> {
        let mut request = Request::post(url);
        for (name, text) in headers {
            request = request.header(*name, *text);
        }
        let request = request.body(Full::new(body))?;
        match timeout(self.limit, self.client.request(request)).await {
            Ok(answer) => Ok(answer.map_err(CallError::Failed)?.status()),
            Err(_) => Err(CallError::TimedOut { limit_ms: self.limit.as_millis() }),
        }
    }
}

/// What matters is told by the causes: "connection refused", "unknown issuer".
fn with_causes(error: &Error) -> String {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        told = format!("{told}: {inner}");
        cause = inner.source();
    }
    told
}
