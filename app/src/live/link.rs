//! How the live link stands, and when to try again.

/// Milliseconds without figures after which the link counts as stale. Figures come twice a second.
pub(crate) const STALE_AFTER_MS: f64 = 3_000.0;
/// Milliseconds without figures after which the socket is given up and opened anew.
pub(crate) const DEAD_AFTER_MS: f64 = 12_000.0;

/// How the live link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LinkState {
    /// Not there yet.
    #[default]
    Connecting,
    /// The figures are of now.
    Live,
    /// The socket is open, but nothing came for a while.
    Stale,
    /// The visitor holds the picture still.
    Paused,
    /// The socket is closed; the next try is on its way.
    Lost,
}

impl LinkState {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting",
            Self::Live => "Live",
            Self::Stale => "Stale",
            Self::Paused => "Paused",
            Self::Lost => "Reconnecting",
        }
    }
}

/// Milliseconds to wait before the next try: doubling from half a second to fifteen, spread by `dice` in 0..1 so that
/// a server that comes back isn't met by all dashboards at once.
pub(crate) fn retry_after_ms(failures: u32, dice: f64) -> u32 {
    let full = 500.0 * f64::from(1_u32 << failures.min(5));
    (full.min(15_000.0) * (0.5 + dice / 2.0)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_slower_and_never_all_at_once() {
        assert_eq!(retry_after_ms(0, 0.0), 250);
        assert_eq!(retry_after_ms(0, 1.0), 500);
        assert_eq!(retry_after_ms(3, 1.0), 4_000);
        assert_eq!(retry_after_ms(60, 1.0), 15_000);
    }
}
