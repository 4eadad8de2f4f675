//! Logins, tokens and sessions.

use garde::Validate;
use serde::Deserialize;

/// How long a login lasts, and how often it may be tried.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AuthSettings {
    /// Life of an access token, in seconds.
    #[garde(range(min = 1, max = 86_400))]
    pub(crate) access_ttl_s: u64,
    /// Life of a refresh token, in seconds.
    #[garde(range(min = 60, max = 31_536_000))]
    pub(crate) refresh_ttl_s: u64,
    /// Life of a dashboard session without use, in seconds.
    #[garde(range(min = 60, max = 31_536_000))]
    pub(crate) session_ttl_s: u64,
    /// Life of a ticket for the game socket, in seconds.
    #[garde(range(min = 1, max = 600))]
    pub(crate) ticket_ttl_s: u64,
    /// Failed logins that an account may have from one address in a minute.
    #[garde(range(min = 1, max = 100_000))]
    pub(crate) logins_per_minute: u32,
    /// Whether anyone may register a player's account.
    #[garde(skip)]
    pub(crate) registration_open: bool,
    /// Whether staff may do nothing before they have set up a second factor.
    #[garde(skip)]
    pub(crate) staff_second_factor: bool,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            access_ttl_s: 900,
            refresh_ttl_s: 30 * 86_400,
            session_ttl_s: 12 * 3_600,
            ticket_ttl_s: 30,
            logins_per_minute: 10,
            registration_open: true,
            staff_second_factor: false,
        }
    }
}
