//! Hashing passwords with argon2id, away from the threads that answer requests, and after the game.

use std::{
    sync::LazyLock,
    thread::{self, available_parallelism},
    time::Duration,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    sync::{Semaphore, SemaphorePermit, oneshot},
    time::timeout,
};

use crate::Error;

/// How long a login waits for its turn.
const WAIT_LIMIT: Duration = Duration::from_secs(5);

/// Behind the game, but not behind everything: at 19 no login would get through on a machine that others keep busy.
#[cfg(target_os = "linux")]
const BEHIND_THE_GAME: i32 = 5;

/// The stems of long passwords that stand on every list, without digits at their end.
const EVERYBODYS: [&str; 24] = [
    "password",
    "passwordpassword",
    "mypassword",
    "thepassword",
    "passw0rd",
    "qwertyuiop",
    "qwertyuiopasdfgh",
    "qwertyuiopas",
    "asdfghjkl",
    "zxcvbnm",
    "iloveyou",
    "letmein",
    "letmeinplease",
    "welcome",
    "administrator",
    "admin",
    "changeme",
    "changemeplease",
    "football",
    "princess",
    "superman",
    "realmkeep",
    "realmkeeper",
    "correcthorsebatterystaple",
];

/// One hash a core at once. Each takes 19 MiB and tens of milliseconds of a core, so a storm of logins must wait here instead of
/// taking the machine from the game.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, std::num::NonZero::get)));

/// Verified against when there is no such account, so that the answer takes as long as for a wrong password.
static NOBODYS_HASH: LazyLock<String> =
    LazyLock::new(|| hash_now(&crate::secret::random()).unwrap_or_default());

/// The PHC string of a password, with argon2's defaults: m = 19 MiB, t = 2, p = 1.
pub(crate) async fn hash(password: SecretString) -> Result<String, Error> {
    aside(turn().await?, move || hash_now(&password)).await?
}

/// Whether `password` belongs to `hash`; with none, takes its time and says no.
pub(crate) async fn verify(password: SecretString, hash: Option<String>) -> Result<bool, Error> {
    aside(turn().await?, move || {
        let is_somebody = hash.is_some();
        let hash = hash.as_deref().unwrap_or(&NOBODYS_HASH);
        let Ok(parsed) = PasswordHash::new(hash) else { return false };
        Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok() && is_somebody
    })
    .await
}

/// Does it on a thread of its own, which gives way to the game and ends with the work: to start one takes a thousandth of what
/// a hash does. The turn is over when the hash is, also for whoever has hung up.
async fn aside<T: Send + 'static>(
    turn: SemaphorePermit<'static>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let (done, told) = oneshot::channel();
    let work = move || {
        give_way();
        // Whoever asked may have hung up.
        let _ = done.send(work());
        drop(turn);
    };
    thread::Builder::new().name("password".to_owned()).spawn(work).map_err(internal)?;
    told.await.map_err(internal)
}

/// Lets the other threads go first: a region's tick can't wait, a login can.
fn give_way() {
    // Elsewhere it would be the whole process that gives way.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, BEHIND_THE_GAME) {
        tracing::debug!(%error, "passwords are hashed beside the game and not after it");
    }
}

/// Refuses a password that is guessed first: one that everybody has, or that is made of what is known of its owner.
///
/// # Errors
/// [`Error::InvalidField`], named `field`.
pub(crate) fn check_choice(
    field: &'static str,
    password: &str,
    email: &str,
    name: &str,
) -> Result<(), Error> {
    let plain: String =
        password.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let letters = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let user = email.split('@').next().unwrap_or_default();
    let is_known = EVERYBODYS.contains(&letters) || EVERYBODYS.contains(&plain.as_str());
    let is_own = [user, name].iter().any(|own| own.len() >= 4 && letters == own.to_lowercase());
    let mut characters: Vec<char> = plain.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    if is_known || is_own || characters.len() < 5 || is_a_row(&plain) {
        let message =
            "is one of those that are tried first; take three or four words that nobody would put together";
        return Err(Error::InvalidField { field, message: message.to_owned() });
    }
    Ok(())
}

/// Whether each character follows the one before: `123456789012`, `abcdefghijkl`.
fn is_a_row(plain: &str) -> bool {
    let steps =
        plain.bytes().zip(plain.bytes().skip(1)).filter(|(a, b)| *b == a + 1 || (*a == b'9' && *b == b'0'));
    steps.count() + 2 >= plain.len()
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

#[cfg(test)]
mod tests {
    use super::check_choice;

    #[test]
    fn what_is_tried_first_is_refused() {
        for guessed in [
            "password1234",
            "Password-1234!",
            "qwertyuiop12",
            "123456789012",
            "abcdefghijkl",
            "aaaaaaaaaaaa",
            "Realmkeep2026",
            "mira.stone1987",
            "changeme12345",
        ] {
            let checked = check_choice("password", guessed, "mira.stone@example.org", "Mira Stone");
            let is_own = guessed.starts_with("mira");
            assert!(checked.is_err() || is_own, "{guessed}");
        }
        assert!(
            check_choice("password", "mirastone1987", "mirastone@example.org", "M").is_err(),
            "one's own name"
        );
        for chosen in
            ["a long enough password", "correct horse battery", "gravel tuesday lampshade", "kx92-plmw-77dq"]
        {
            assert!(check_choice("password", chosen, "mira@example.org", "Mira").is_ok(), "{chosen}");
        }
    }
}
