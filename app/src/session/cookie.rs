//! The session's cookie.
