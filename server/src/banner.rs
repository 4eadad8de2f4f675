//! The few lines that the server prints for the person who started it.

use std::{
    io::{self, Write as _},
    net::SocketAddr,
};

use secrecy::{ExposeSecret as _, SecretString};

/// A login that was just made up, and that nobody can find out later.
#[derive(Debug)]
pub(crate) struct FirstLogin {
    pub(crate) email: String,
    pub(crate) password: SecretString,
}

/// Tells where the server is: for browsers, and where it listens.
///
/// # Errors
///
/// If nobody reads standard output any more.
pub(crate) fn show(
    origin: &str,
    site: SocketAddr,
    ops: SocketAddr,
    first_login: Option<&FirstLogin>,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out)?;
    writeln!(out, "  Realmkeep {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "  Dashboard   {origin}")?;
    writeln!(out, "  API         {origin}/api/docs")?;
    writeln!(out, "  Listening   {site}")?;
    writeln!(out, "  Operations  http://{ops}/metrics")?;
    if let Some(login) = first_login {
        writeln!(out)?;
        writeln!(out, "  First login, shown this once:")?;
        writeln!(out, "    E-mail    {}", login.email)?;
        writeln!(out, "    Password  {}", login.password.expose_secret())?;
    }
    writeln!(out)?;
    out.flush()
}
