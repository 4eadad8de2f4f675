//! Hashing passwords with argon2id, away from the threads that answer requests.

use std::{sync::LazyLock, time::Duration};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
    time::timeout,
};

use crate::Error;

/// Hashes that are computed at once. Each takes 19 MiB and tens of milliseconds of a core, so a storm of logins must
/// wait here instead of taking the machine from the game.
const AT_ONCE_MAX: usize = 2;
/// How long a login waits for its turn.
const WAIT_LIMIT: Duration = Duration::from_secs(5);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE_MAX);

/// Verified against when there is no such account, so that the answer takes as long as for a wrong password.
static NOBODYS_HASH: LazyLock<String> =
    LazyLock::new(|| hash_now(&crate::secret::random()).unwrap_or_default());

/// The PHC string of a password, with argon2's defaults: m = 19 MiB, t = 2, p = 1.
pub(super) async fn hash(password: SecretString) -> Result<String, Error> {
    let _turn = turn().await?;
    spawn_blocking(move || hash_now(&password)).await.map_err(internal)?
}

/// Whether `password` belongs to `hash`; with none, takes its time and says no.
pub(super) async fn verify(password: SecretString, hash: Option<String>) -> Result<bool, Error> {
    let _turn = turn().await?;
    spawn_blocking(move || {
        let is_somebody = hash.is_some();
        let hash = hash.as_deref().unwrap_or(&NOBODYS_HASH);
        let Ok(parsed) = PasswordHash::new(hash) else { return false };
        Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok() && is_somebody
    })
    .await
    .map_err(internal)
}

async fn turn() -> Result<SemaphorePermit<'static>, Error> {
    match timeout(WAIT_LIMIT, TURNS.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Error::RateLimited { retry_after_s: WAIT_LIMIT.as_secs() }),
    }
}

fn hash_now(password: &SecretString) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.expose_secret().as_bytes()).map_err(internal)?;
    Ok(hash.to_string())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("password hashing failed: {error}"))
}
