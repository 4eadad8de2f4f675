//! The sessions' cookies: out of reach for scripts, and sent to this site alone.

use domain::{impersonation::Begun, sessions::Opened};
use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use secrecy::ExposeSecret;

/// Name of the cookie that a dashboard session is kept in.
pub const SESSION_COOKIE: &str = "realmkeep_session";

/// Name of the cookie by which staff look through another account's eyes. It goes before their own session, which stays where
/// it is: when the look is over, they are themselves again.
pub const LOOK_COOKIE: &str = "realmkeep_look";

/// Hands the session to the browser.
pub(super) fn set(opened: &Opened) {
    write(SESSION_COOKIE, opened.token.expose_secret(), opened.ttl.as_secs());
}

/// Takes the session back from the browser.
pub(super) fn clear() {
    write(SESSION_COOKIE, "", 0);
}

/// Hands a look to the browser.
pub(crate) fn set_look(begun: &Begun) {
    write(LOOK_COOKIE, begun.cookie.expose_secret(), begun.ttl.as_secs());
}

/// Takes the look back from the browser.
pub(super) fn clear_look() {
    write(LOOK_COOKIE, "", 0);
}

/// Whether the browser still sends a look.
pub(super) fn has_look() -> bool {
    let sent = |parts: http::request::Parts| {
        parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .any(|cookie| cookie.split('=').next().is_some_and(|name| name.trim() == LOOK_COOKIE))
    };
    use_context::<http::request::Parts>().is_some_and(sent)
}

fn write(name: &str, value: &str, max_age_s: u64) {
    let secure = if arrived_by_tls() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
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
