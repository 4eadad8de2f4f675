//! Tokens whose signature was found good a moment ago. A client sends the same one for minutes, and to verify it anew takes
//! most of the time that a small request has.
//!
//! Only the signature is taken for granted, never the token: its end is compared with the clock each time, and whether its
//! sign-in and account still stand is [asked](crate::authority) apart. A key that is taken away is forgotten here with all
//! that it signed.

use std::time::Duration;

use grid::{AccountId, SessionId};
use moka::sync::Cache;

/// How long a signature is taken for granted.
const KEPT_FOR: Duration = Duration::from_secs(60);
/// Tokens that are kept at most: some 20 MB.
const KEPT_MAX: u64 = 100_000;

/// What a token says that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) sub: AccountId,
    pub(super) sid: SessionId,
    /// The first second in which the token is worth nothing.
    pub(super) exp: i64,
}

/// Tokens by their hash: what is kept lets nobody in.
pub(super) struct VerifiedTokens(Cache<[u8; 32], Said>);

impl VerifiedTokens {
    pub(super) fn new() -> Self {
        Self(Cache::builder().max_capacity(KEPT_MAX).time_to_live(KEPT_FOR).build())
    }

    /// What that token says, if its signature was found good a moment ago and it is not over at `now`, in seconds.
    pub(super) fn find(&self, token: &str, now: i64) -> Option<Said> {
        self.0.get(blake3::hash(token.as_bytes()).as_bytes()).filter(|said| said.exp > now)
    }

    pub(super) fn keep(&self, token: &str, said: Said) {
        self.0.insert(*blake3::hash(token.as_bytes()).as_bytes(), said);
    }

    pub(super) fn forget_all(&self) {
        self.0.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_token_is_known_until_its_end_and_no_other_is() {
        let verified = VerifiedTokens::new();
        let (sub, sid) = (AccountId::from_uuid(Uuid::now_v7()), SessionId::from_uuid(Uuid::now_v7()));
        let said = Said { sub, sid, exp: 1_000 };
        verified.keep("a.b.c", said);
        assert_eq!(verified.find("a.b.c", 999), Some(said));
        assert_eq!(verified.find("a.b.c", 1_000), None, "it is over");
        assert_eq!(verified.find("a.b.C", 999), None);
        verified.forget_all();
        assert_eq!(verified.find("a.b.c", 999), None);
    }
}
