//! Heads of the audit as signed tokens.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use store::audit::Head;

use super::KeyRing;
use crate::Error;

/// Keeps a head from being taken for a login, and the other way round.
const TYPE: &str = "audit-head+jwt";
const ISSUER: &str = "realmkeep";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    iat: i64,
    seq: i64,
    hash: String,
}

impl KeyRing {
    /// The head as a token: that the audit ended so at `now`.
    pub(crate) fn sign_head(&self, head: &Head, now: DateTime<Utc>) -> Result<String, Error> {
        let key = self.signer(now);
        let header =
            Header { typ: Some(TYPE.into()), kid: Some(key.id.clone()), ..Header::new(Algorithm::EdDSA) };
        let claims =
            Claims { iss: ISSUER.into(), iat: now.timestamp(), seq: head.seq, hash: head.hash.clone() };
        jsonwebtoken::encode(&header, &claims, &key.encoding)
            .map_err(|error| Error::Internal(format!("the audit's head could not be signed: {error}")))
    }

    /// The head that a token of ours tells.
    pub(crate) fn verify_head(&self, token: &str) -> Result<Head, Error> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["iss"]);
        validation.set_issuer(&[ISSUER]);
        validation.validate_exp = false;
        validation.validate_aud = false;
        let key = self.key_of(token).ok_or(Error::Unauthenticated)?;
        let verified = jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation)
            .map_err(|_| Error::Unauthenticated)?;
        if verified.header.typ.as_deref() != Some(TYPE) {
            return Err(Error::Unauthenticated);
        }
        Ok(Head { seq: verified.claims.seq, hash: verified.claims.hash })
    }
}
