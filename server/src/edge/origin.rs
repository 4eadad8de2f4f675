//! Which pages may call the server with a person's cookies.
//!
//! Cookies are sent by the browser whoever wrote the page that calls. Unsafe methods are judged by tower-http's
//! `CsrfLayer`; it lets GET through, so a socket's upgrade asks [`AllowedOrigins`] itself.

use std::sync::Arc;

use api::ProblemKind;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Uri, header};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

use super::Refusal;

/// The origins whose pages are ours.
#[derive(Clone, Debug)]
pub(crate) struct AllowedOrigins(Arc<[String]>);

impl AllowedOrigins {
    /// Allows exactly these, beside the origin that a request itself was sent to.
    pub(crate) fn new(origins: impl IntoIterator<Item = String>) -> Self {
        Self(origins.into_iter().collect())
    }

    /// Whether a browser says that a page of ours opened the socket. A caller without `Origin` is no browser; without
    /// a browser there is no cookie that somebody else could misuse, but there is no reason to let it in either.
    pub(crate) fn admit(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
            return false;
        };
        if self.0.iter().any(|allowed| allowed == origin) {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
        let sent_from = origin.parse::<Uri>().ok();
        host.is_some()
            && sent_from.as_ref().and_then(|uri| uri.authority()).map(http::uri::Authority::as_str) == host
    }

    /// Refuses unsafe requests from elsewhere.
    ///
    /// # Errors
    ///
    /// If an allowed origin can't be one.
    pub(crate) fn guard_unsafe_methods(
        &self,
    ) -> Result<CsrfLayer<impl Fn(ProtectionError) -> Response + Clone + use<>>, ConfigError> {
        let guard = self.0.iter().try_fold(CsrfLayer::new(), CsrfLayer::add_trusted_origin)?;
        Ok(guard.with_rejection_response(|error: ProtectionError| {
            Refusal::new(
                ProblemKind::Forbidden,
                format!("{error}: only the dashboard's own pages may do this"),
            )
            .into_response()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(origin: Option<&'static str>, host: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a host"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("an origin"));
        }
        headers
    }

    #[test]
    fn a_socket_is_opened_by_our_own_pages_only() {
        let allowed = AllowedOrigins::new(["https://admin.example.org".to_owned()]);
        assert!(allowed.admit(&from(Some("http://localhost:3000"), "localhost:3000")), "the same host");
        assert!(allowed.admit(&from(Some("https://admin.example.org"), "10.0.0.7:3000")), "a listed origin");
        assert!(!allowed.admit(&from(Some("https://evil.example"), "localhost:3000")), "another site");
        assert!(!allowed.admit(&from(Some("http://localhost:3001"), "localhost:3000")), "another port");
        assert!(!allowed.admit(&from(Some("null"), "localhost:3000")), "a sandboxed frame");
        assert!(!allowed.admit(&from(None, "localhost:3000")), "no browser");
    }
}
