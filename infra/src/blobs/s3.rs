//! The networked driver: a bucket of a store that speaks S3.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::{
    ClientOptions, RetryConfig,
    aws::AmazonS3Builder,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse,
        HttpResponseBody, HttpService,
    },
    prefix::PrefixStore,
};
use schemars::JsonSchema;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

use super::{ACCESS_LIMIT, BlobDriver};
use crate::{
    https::{self, HttpsClient},
    node::{NodeError, SecretRef},
};

/// How often a request is tried again, within the time that an access may take.
const RETRIES_MAX: usize = 3;

/// Settings of blobs in a bucket.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    /// The store's address: `https://s3.example.org`, or `http://` within a network of your own.
    #[schemars(extend("pattern" = "^https?://[^@]+$"))]
    pub endpoint: String,
    /// The bucket. It must be there already.
    #[schemars(length(min = 3, max = 63))]
    pub bucket: String,
    /// What all names begin with, if the bucket is shared with others.
    #[serde(default)]
    pub prefix: Option<String>,
    /// The region that requests are signed for. By default `us-east-1`, which stores without regions expect.
    #[serde(default)]
    pub region: Option<String>,
    /// A file with authorities to trust beside those that everybody trusts, in PEM: for a store of your own.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Where the access key's id is.
    pub access_key_id: SecretRef,
    /// Where the access key's secret is.
    pub secret_access_key: SecretRef,
}

impl S3Config {
    /// Gets ready to use the bucket. Nobody is asked yet.
    ///
    /// # Errors
    /// A secret is not where it should be, or the address is none.
    pub fn open(&self) -> Result<BlobDriver, NodeError> {
        let prefix = self.prefix.as_deref().map(|prefix| prefix.trim_matches('/')).filter(|p| !p.is_empty());
        let mut place = format!("{}/{}", self.endpoint.trim_end_matches('/'), self.bucket);
        let objects = AmazonS3Builder::new()
            .with_endpoint(self.endpoint.trim_end_matches('/'))
            .with_bucket_name(&self.bucket)
            .with_region(self.region.as_deref().unwrap_or("us-east-1"))
            .with_access_key_id(self.access_key_id.resolve()?.expose_secret())
            .with_secret_access_key(self.secret_access_key.resolve()?.expose_secret())
            .with_allow_http(true)
            .with_virtual_hosted_style_request(false)
            // Its own transport and cryptography would choose a TLS for every client of the process.
            .with_http_connector(Connector(https::client(self.ca_file.as_deref())?))
            .with_retry(RetryConfig {
                max_retries: RETRIES_MAX,
                retry_timeout: ACCESS_LIMIT,
                ..RetryConfig::default()
            })
            .build()
            .map_err(|error| NodeError::InvalidAddress {
                address: place.clone(),
                reason: error.to_string(),
            })?;
        let Some(prefix) = prefix else { return Ok(BlobDriver::over("s3", place, Arc::new(objects))) };
        place = format!("{place}/{prefix}");
        Ok(BlobDriver::over("s3", place, Arc::new(PrefixStore::new(objects, prefix))))
    }
}

/// Hands a client of [ours](crate::https) to the store.
#[derive(Clone, Debug)]
struct Connector(HttpsClient<HttpRequestBody>);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(Transport(self.0.clone())))
    }
}

#[derive(Debug)]
struct Transport(HttpsClient<HttpRequestBody>);

#[async_trait]
impl HttpService for Transport {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let response = self.0.request(request).await.map_err(|error| {
            let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
            HttpError::new(kind, error)
        })?;
        Ok(response.map(|body| {
            HttpResponseBody::new(body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error)))
        }))
    }
}
