//! How often callers may ask.

use garde::Validate;
use serde::Deserialize;

/// Requests that an account, or an address without a login, may send to one endpoint in a minute.
#[derive(Debug, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LimitSettings {
    /// To endpoints that only read.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) reads_per_minute: u32,
    /// To endpoints that change something.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) writes_per_minute: u32,
    /// To endpoints for getting in: login, registration, second factor. Failed logins have stricter limits beside this one.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) sign_ins_per_minute: u32,
    /// For files of the dashboard. Opening a page for the first time takes more than a hundred: the parts of its code.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) files_per_minute: u32,
    /// For chunks of terrain.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) chunks_per_minute: u32,
    /// For exports and verifications of the audit, which read all of it.
    #[garde(range(min = 1, max = 10_000_000))]
    pub(crate) exports_per_minute: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            reads_per_minute: 1_200,
            writes_per_minute: 240,
            sign_ins_per_minute: 60,
            files_per_minute: 12_000,
            chunks_per_minute: 6_000,
            exports_per_minute: 20,
        }
    }
}
