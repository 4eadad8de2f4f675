//! Access tokens: JWTs that are signed with EdDSA and say who, for how long, for whom.

use std::time::Duration;

use chrono::{DateTime, Utc};
use grid::{AccountId, SessionId};
use jsonwebtoken::{Algorithm, Header, Validation};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key::SigningKey;
use crate::Error;

const ISSUER: &str = "realmkeep";
const AUDIENCE: &str = "realmkeep-api";
/// Keeps a token of another kind, signed with the same key one day, from being taken for one of these.
const TYPE: &str = "at+jwt";

/// What an access token says. Every claim is required.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    pub(super) sub: AccountId,
    /// The family of sessions that the token belongs to.
    pub(super) sid: SessionId,
    iat: i64,
    nbf: i64,
    pub(super) exp: i64,
    jti: Uuid,
}

impl SigningKey {
    /// A token for `account`, valid from `now` on for `ttl`.
    pub(super) fn issue(
        &self,
        account: AccountId,
        family: SessionId,
        now: DateTime<Utc>,
        ttl: Duration,
    ) -> Result<String, Error> {
        let iat = now.timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: account,
            sid: family,
            iat,
            nbf: iat,
            exp: iat.saturating_add_unsigned(ttl.as_secs()),
            jti: Uuid::now_v7(),
        };
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(self.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &self.encoding)
            .map_err(|error| Error::Internal(format!("an access token could not be signed: {error}")))
    }

    /// The claims of a token of ours that is valid now.
    pub(super) fn verify(&self, token: &SecretString) -> Result<Claims, Error> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_nbf = true;
        // Tokens are made and read by servers of one installation, whose clocks agree.
        validation.leeway = 0;
        let verified = jsonwebtoken::decode::<Claims>(token.expose_secret(), &self.decoding, &validation)
            .map_err(|_| Error::Unauthenticated)?;
        let is_ours = verified.header.typ.as_deref() == Some(TYPE)
            && verified.header.kid.as_deref() == Some(self.id.as_str());
        // The library counts a token as good up to and including the second of `exp`.
        if is_ours && verified.claims.exp > Utc::now().timestamp() {
            Ok(verified.claims)
        } else {
            Err(Error::Unauthenticated)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.pem");
        SigningKey::make(&file).expect("is made");
        SigningKey::read(&file).expect("reads").expect("is there")
    }

    fn ids() -> (AccountId, SessionId) {
        (AccountId::from_uuid(Uuid::now_v7()), SessionId::from_uuid(Uuid::now_v7()))
    }

    /// Signs any header and claims with the key, as someone who stole it could.
    fn sign(key: &SigningKey, header: &Header, claims: &serde_json::Value) -> SecretString {
        jsonwebtoken::encode(header, claims, &key.encoding).expect("signs").into()
    }

    fn good(key: &SigningKey) -> (Header, serde_json::Value) {
        let (account, family) = ids();
        let now = Utc::now().timestamp();
        let header =
            Header { typ: Some(TYPE.into()), kid: Some(key.id.clone()), ..Header::new(Algorithm::EdDSA) };
        let claims = serde_json::json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": account, "sid": family,
            "iat": now, "nbf": now, "exp": now + 60, "jti": Uuid::now_v7(),
        });
        (header, claims)
    }

    #[test]
    fn a_token_names_its_account_and_family() {
        let (key, (account, family)) = (key(), ids());
        let token = key.issue(account, family, Utc::now(), Duration::from_secs(60)).expect("issues");
        let claims = key.verify(&token.into()).expect("verifies");
        assert_eq!((claims.sub, claims.sid), (account, family));
    }

    #[test]
    fn a_token_without_any_one_claim_is_refused() {
        let key = key();
        let (header, claims) = good(&key);
        key.verify(&sign(&key, &header, &claims)).expect("complete, it is good");
        for claim in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
            let mut lacking = claims.clone();
            lacking.as_object_mut().expect("an object").remove(claim);
            assert!(key.verify(&sign(&key, &header, &lacking)).is_err(), "without {claim}");
        }
    }

    #[test]
    fn a_token_of_another_kind_time_or_audience_is_refused() {
        let key = key();
        let (header, claims) = good(&key);
        let now = Utc::now().timestamp();
        for (claim, value) in [
            ("exp", serde_json::json!(now)),
            ("exp", serde_json::json!("never")),
            ("nbf", serde_json::json!(now + 30)),
            ("aud", serde_json::json!("somebody-else")),
            ("iss", serde_json::json!("somebody-else")),
        ] {
            let mut other = claims.clone();
            other[claim] = value;
            assert!(key.verify(&sign(&key, &header, &other)).is_err(), "{claim}: {}", other[claim]);
        }
        let untyped = Header { typ: Some("JWT".into()), ..header.clone() };
        assert!(key.verify(&sign(&key, &untyped, &claims)).is_err(), "another type");
        let other_key = Header { kid: None, ..header };
        assert!(key.verify(&sign(&key, &other_key, &claims)).is_err(), "no key id");
    }

    #[test]
    fn a_token_of_another_key_is_refused() {
        let (ours, theirs) = (key(), key());
        let (account, family) = ids();
        let token = theirs.issue(account, family, Utc::now(), Duration::from_secs(60)).expect("issues");
        assert!(ours.verify(&token.into()).is_err());
    }
}
