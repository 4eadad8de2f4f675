//! All keys of an installation: files in a folder that its processes share.
//!
//! Keys are changed by making a new one. It is known to all processes for a while before the first token is signed with
//! it, and the ones before it go on being known, so nobody is logged out. Their public halves are at `auth/jwks`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use api::session::{Jwk, Jwks};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use tokio::{
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use super::{
    key::{KeyError, SigningKey, read_secret, write_new},
    verified::{Said, VerifiedTokens},
};
use crate::{Domain, Error};

/// The first key's file. Later ones have the second of their making before the ending.
const FIRST: &str = "access-token.pem";
/// The file of what secrets are computed from that are not kept themselves.
const HOUSE: &str = "house.key";
/// How often a process looks for new keys.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// A new key is known so long before it signs: every process has looked by then.
const SETTLES: TimeDelta = TimeDelta::seconds(15);

/// The keys in a folder.
pub struct KeyRing {
    folder: PathBuf,
    keys: RwLock<Arc<[Key]>>,
    house: [u8; 32],
    verified: VerifiedTokens,
}

/// A key and the second of its making; the oldest first.
struct Key {
    made_at: i64,
    pair: Arc<SigningKey>,
}

impl KeyRing {
    /// Reads the keys in `folder`; makes folder and keys on the first start.
    ///
    /// # Errors
    /// A file cannot be read or written, is open to others, or holds something else. None is ever overwritten.
    pub fn in_folder(folder: &Path) -> Result<Self, KeyError> {
        if !folder.join(FIRST).exists() {
            SigningKey::make(&folder.join(FIRST))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            keys: RwLock::new(read_all(folder)?),
            house: house_secret(folder)?,
            verified: VerifiedTokens::new(),
        })
    }

    /// Makes a new key in `folder`; running servers find it by themselves. Returns its id.
    ///
    /// # Errors
    /// As of [`in_folder`](Self::in_folder).
    pub fn rotate(folder: &Path, now: DateTime<Utc>) -> Result<String, KeyError> {
        let file = folder.join(format!("access-token.{}.pem", now.timestamp()));
        if !file.exists() {
            SigningKey::make(&file)?;
        }
        let made = SigningKey::read(&file)?;
        made.map(|key| key.id).ok_or(KeyError::Malformed { file, expected: "there" })
    }

    /// Looks for keys that were made meanwhile.
    ///
    /// # Errors
    /// As of [`in_folder`](Self::in_folder); the keys that were known stay so.
    pub fn reload(&self) -> Result<(), KeyError> {
        let found = read_all(&self.folder)?;
        let known = self.keys();
        let stays = |key: &Key| found.iter().any(|found| found.pair.id == key.pair.id);
        let is_one_gone = !known.iter().all(stays);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = found;
        if is_one_gone {
            self.verified.forget_all();
        }
        Ok(())
    }

    /// The public halves, for whoever wants to verify tokens.
    #[must_use]
    pub fn jwks(&self) -> Jwks {
        let keys = self.keys();
        let keys = keys.iter().map(|key| Jwk {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            alg: "EdDSA".to_owned(),
            r#use: "sig".to_owned(),
            kid: key.pair.id.clone(),
            x: BASE64_URL_SAFE_NO_PAD.encode(key.pair.public),
        });
        Jwks { keys: keys.collect() }
    }

    /// What signs now: the newest key that all processes know by now.
    pub(super) fn signer(&self, now: DateTime<Utc>) -> Arc<SigningKey> {
        let (keys, settled) = (self.keys(), (now - SETTLES).timestamp());
        let newest = keys.iter().rev().find(|key| key.made_at <= settled);
        Arc::clone(&newest.or(keys.first()).expect("the first key is there from the start").pair)
    }

    /// The key that a token names.
    pub(super) fn key_of(&self, token: &str) -> Option<Arc<SigningKey>> {
        let named = jsonwebtoken::decode_header(token).ok()?.kid?;
        self.keys().iter().find(|key| key.pair.id == named).map(|key| Arc::clone(&key.pair))
    }

    /// What an access token of ours says that is valid now.
    pub(super) fn verify(&self, token: &SecretString) -> Result<Said, Error> {
        use secrecy::ExposeSecret as _;
        let text = token.expose_secret();
        if let Some(said) = self.verified.find(text, Utc::now().timestamp()) {
            return Ok(said);
        }
        let claims = self.key_of(text).ok_or(Error::Unauthenticated)?.verify(token)?;
        let said = Said { sub: claims.sub, sid: claims.sid, exp: claims.exp };
        self.verified.keep(text, said);
        Ok(said)
    }

    /// A key of our own for one purpose, the same in every process and at every start.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(purpose, &self.house)
    }

    fn keys(&self) -> Arc<[Key]> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Looks for new keys now and then, until `stop`.
pub fn watch_keys(domain: &Domain, stop: CancellationToken) {
    let domain = domain.clone();
    tokio::spawn(async move {
        let mut ticks = interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let domain = domain.clone();
            match spawn_blocking(move || domain.keys().reload()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "new keys can't be read; the known ones stay"),
                Err(error) => tracing::error!(%error, "new keys can't be read; the known ones stay"),
            }
        }
    });
}

fn read_all(folder: &Path) -> Result<Arc<[Key]>, KeyError> {
    let failed = |cause: io::Error| KeyError::File { file: folder.to_owned(), cause };
    let mut keys = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let Some(made_at) = name.to_str().and_then(made_at) else { continue };
        if let Some(pair) = SigningKey::read(&entry.path())? {
            keys.push(Key { made_at, pair: Arc::new(pair) });
        }
    }
    keys.sort_by_key(|key| key.made_at);
    if keys.is_empty() {
        return Err(failed(io::Error::new(io::ErrorKind::NotFound, "no key is left in the folder")));
    }
    Ok(keys.into())
}

/// When the key of that file was made, if it is a key's.
fn made_at(name: &str) -> Option<i64> {
    if name == FIRST {
        return Some(0);
    }
    name.strip_prefix("access-token.")?.strip_suffix(".pem")?.parse().ok()
}

fn house_secret(folder: &Path) -> Result<[u8; 32], KeyError> {
    let file = folder.join(HOUSE);
    if read_secret(&file)?.is_none() {
        write_new(&file, blake3::Hash::from_bytes(rand::random::<[u8; 32]>()).to_hex().as_bytes())?;
    }
    let text = read_secret(&file)?.unwrap_or_default();
    let secret = blake3::Hash::from_hex(text.trim())
        .map_err(|_| KeyError::Malformed { file, expected: "64 hexadecimal digits" })?;
    Ok(*secret.as_bytes())
}

#[cfg(test)]
mod tests {
    use grid::{AccountId, SessionId};
    use uuid::Uuid;

    use super::*;

    fn ring(folder: &Path) -> KeyRing {
        KeyRing::in_folder(folder).expect("keys")
    }

    fn token(ring: &KeyRing, now: DateTime<Utc>) -> SecretString {
        let (account, family) = (AccountId::from_uuid(Uuid::now_v7()), SessionId::from_uuid(Uuid::now_v7()));
        let signed = ring.signer(now).issue(account, family, Utc::now(), Duration::from_secs(60));
        signed.expect("issues").into()
    }

    #[test]
    fn a_new_key_logs_nobody_out_and_signs_only_when_all_know_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, another) = (ring(folder.path()), ring(folder.path()));
        let now = Utc::now();
        let before = token(&ours, now);
        let made = KeyRing::rotate(folder.path(), now).expect("is made");
        ours.reload().expect("reloads");
        another.verify(&token(&ours, now)).expect("the old key signs: the other process has not looked yet");
        another.reload().expect("reloads");
        let later = now + SETTLES + TimeDelta::seconds(1);
        assert_eq!(ours.signer(later).id, made);
        another.verify(&token(&ours, later)).expect("the new key is known");
        another.verify(&before).expect("and so is the old one");
        assert_eq!(ours.jwks().keys.len(), 2);
        assert_eq!(ours.derive("a purpose"), another.derive("a purpose"));
        assert_ne!(ours.derive("a purpose"), ours.derive("another purpose"));
    }

    #[test]
    fn what_a_key_signed_that_is_taken_away_is_worth_nothing_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = ring(folder.path());
        let now = Utc::now();
        KeyRing::rotate(folder.path(), now).expect("is made");
        ours.reload().expect("reloads");
        let token = token(&ours, now + SETTLES + TimeDelta::seconds(1));
        ours.verify(&token).expect("is good");
        ours.verify(&token).expect("and still known to be");
        fs::remove_file(folder.path().join(format!("access-token.{}.pem", now.timestamp())))
            .expect("removes");
        ours.reload().expect("reloads");
        assert!(ours.verify(&token).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_key_stays_the_same_and_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (first, again) = (ring(folder.path()), ring(folder.path()));
        assert_eq!(first.signer(Utc::now()).id, again.signer(Utc::now()).id);
        for name in [FIRST, HOUSE] {
            let file = folder.path().join(name);
            let mode = fs::metadata(&file).expect("is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("changes");
            assert!(matches!(KeyRing::in_folder(folder.path()), Err(KeyError::Exposed { .. })), "{name}");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("changes");
        }
    }

    #[test]
    fn what_is_no_key_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        ring(folder.path());
        write_new(&folder.path().join("access-token.7.pem"), b"no key").expect("writes");
        assert!(matches!(KeyRing::in_folder(folder.path()), Err(KeyError::Malformed { .. })));
        assert_eq!(fs::read(folder.path().join("access-token.7.pem")).expect("reads"), b"no key");
    }
}
