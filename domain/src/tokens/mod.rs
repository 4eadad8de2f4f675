//! Tokens of clients: a signed access token that lives minutes, and a refresh token that buys the next pair.
//!
//! Refresh tokens of one sign-in form a family. Each works once; its successor is computed from it and a key of ours,
//! so a client whose reply got lost may ask again within a short grace and gets the same one. Any other reuse ends the
//! family.

mod access;
mod authenticate;
mod family;
mod head;
mod key;
mod ring;
mod verified;

pub use authenticate::authenticate;
pub(crate) use family::{access_token, begin_family, continue_family};
pub use key::KeyError;
pub use ring::{KeyRing, watch_keys};
