//! The public address: dashboard, REST and sockets.

use std::{net::SocketAddr, path::PathBuf};

use garde::Validate;
use ipnet::IpNet;
use serde::Deserialize;

/// The public listener and its limits.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct HttpSettings {
    /// Where to listen. `LEPTOS_SITE_ADDR` wins over it.
    #[garde(skip)]
    pub(crate) addr: SocketAddr,
    /// The address that browsers use, without a path. Empty: `http://` and the listening address. Pages of no other
    /// origin may change anything.
    #[garde(custom(is_an_origin_or_empty))]
    pub(crate) public_url: String,
    /// Further origins whose pages may call the server with its cookies, such as `https://admin.example.org`.
    #[garde(inner(custom(is_an_origin)))]
    pub(crate) allowed_origins: Vec<String>,
    /// Networks that proxies of our own stand in, such as `10.0.0.0/8` or `192.0.2.7/32`. `X-Forwarded-For` is believed as
    /// far as they wrote it, and not at all from others.
    #[garde(length(max = 64), inner(custom(is_a_network)))]
    pub(crate) trusted_proxies: Vec<String>,
    /// Folder with the built site: page script, styles, fonts. `LEPTOS_SITE_ROOT` wins over it.
    #[garde(skip)]
    pub(crate) site_root: PathBuf,
    /// Largest request body that is read, in bytes.
    #[garde(range(min = 1_024, max = 16_777_216))]
    pub(crate) body_bytes_max: usize,
    /// How long a request may take, in milliseconds. Sockets are not requests.
    #[garde(range(min = 100, max = 600_000))]
    pub(crate) request_timeout_ms: u64,
    /// How long a connection may stay open without sending a whole request's head, in milliseconds: so long it is kept between two
    /// requests, too. Sockets are not meant.
    #[garde(range(min = 1_000, max = 600_000))]
    pub(crate) head_timeout_ms: u64,
    /// How many requests are worked on at once; further ones wait.
    #[garde(range(min = 1, max = 100_000))]
    pub(crate) requests_in_flight_max: usize,
    /// How long a stop waits for requests and sockets before it cuts them off, in milliseconds.
    #[garde(range(min = 100, max = 300_000))]
    pub(crate) drain_timeout_ms: u64,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            public_url: String::new(),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            site_root: PathBuf::from("target/site"),
            body_bytes_max: 256 * 1_024,
            request_timeout_ms: 30_000,
            head_timeout_ms: 75_000,
            requests_in_flight_max: 1_024,
            drain_timeout_ms: 10_000,
        }
    }
}

impl HttpSettings {
    /// The origin that browsers show, for a listener at `bound`.
    pub(crate) fn origin(&self, bound: SocketAddr) -> String {
        if !self.public_url.is_empty() {
            return self.public_url.clone();
        }
        // Nobody can browse to 0.0.0.0 or [::].
        if bound.ip().is_unspecified() {
            format!("http://localhost:{}", bound.port())
        } else {
            format!("http://{bound}")
        }
    }
}

fn is_a_network(text: &str, (): &()) -> garde::Result {
    match text.parse::<IpNet>() {
        Ok(_) => Ok(()),
        Err(_) => Err(garde::Error::new("expected a network such as `10.0.0.0/8` or `192.0.2.7/32`")),
    }
}

fn is_an_origin(text: &str, (): &()) -> garde::Result {
    let uri = text.parse::<::http::Uri>().ok();
    let plain = uri.as_ref().is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri
                .authority()
                .is_some_and(|a| !a.as_str().contains('@') && a.as_str() == a.as_str().to_lowercase())
            && uri.path_and_query().is_none_or(|p| p == "/")
    });
    if plain && !text.ends_with('/') {
        Ok(())
    } else {
        Err(garde::Error::new("expected an origin as browsers write it, such as `https://play.example.org`"))
    }
}

fn is_an_origin_or_empty(text: &str, context: &()) -> garde::Result {
    if text.is_empty() { Ok(()) } else { is_an_origin(text, context) }
}
