//! The session's cookie: out of reach for scripts, and sent to this site alone.

use domain::sessions::Opened;
use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use secrecy::ExposeSecret;

/// Name of the cookie that a dashboard session is kept in.
pub const SESSION_COOKIE: &str = "realmkeep_session";

/// Hands the session to the browser.
pub(super) fn set(opened: &Opened) {
    write(opened.token.expose_secret(), opened.ttl.as_secs());
}

/// Takes the session back from the browser.
pub(super) fn clear() {
    write("", 0);
}

fn write(value: &str, max_age_s: u64) {
    let secure = if arrived_by_tls() { "; Secure" } else { "" };
    let cookie =
        format!("{SESSION_COOKIE}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::from_str(&cookie).expect("a token is plain ASCII");
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
}

/// Whether the browser itself speaks TLS. Proxies may end it before this server; a browser's POST names its page's
/// origin all the same, and the server has compared it with its own address.
fn arrived_by_tls() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| {
        parts.headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes().starts_with(b"https://"))
    })
}
