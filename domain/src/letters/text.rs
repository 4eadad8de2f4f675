//! What letters say: the subject and the text of each.

use secrecy::{ExposeSecret as _, SecretString};

/// The letter by which another password can be chosen.
pub(super) fn reset(place: &str, token: &SecretString) -> (&'static str, String) {
    let text = format!(
        "Somebody, hopefully you, asked for another password for this account.\n\n\
         To choose one, open\n\n\
         {place}/reset-password?token={}\n\n\
         It works once, for half an hour. If it was not you, do nothing: your password stays.",
        token.expose_secret(),
    );
    ("Choose another password", text)
}

/// The letter by which an address is verified.
pub(super) fn verification(place: &str, token: &SecretString) -> (&'static str, String) {
    let text = format!(
        "Welcome. To show that this address is yours, open\n\n\
         {place}/verify-email?token={}\n\n\
         It works once, for two days. If you have no account here, do nothing.",
        token.expose_secret(),
    );
    ("Verify your address", text)
}

/// The letter that tells the owner of a change, in case it was not them.
pub(super) fn password_changed(place: &str) -> (&'static str, String) {
    let text = format!(
        "The password of your account was changed, and all its other sign-ins were ended.\n\n\
         If it was not you, choose another one at once: {place}/forgot-password"
    );
    ("Your password was changed", text)
}
