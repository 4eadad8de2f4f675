//! The dashboard's sessions: a secret in a cookie, its hash in the session store.

mod authenticate;
mod close;
pub(crate) mod kept;
mod list;
mod open;
mod revoke;

pub use authenticate::authenticate;
pub(crate) use authenticate::find_by_cookie;
pub use close::close;
pub use list::list;
pub(crate) use list::of_account;
pub use open::{Opened, open};
pub use revoke::{revoke, revoke_others};

use crate::Arrival;

/// The longest text of a program about itself that is kept.
const USER_AGENT_CHARS_MAX: usize = 256;

/// What is kept of where a sign-in came from: program and address.
pub(crate) fn note_origin(arrival: &Arrival) -> (Option<String>, Option<String>) {
    let user_agent =
        arrival.user_agent.as_ref().map(|name| name.chars().take(USER_AGENT_CHARS_MAX).collect());
    (user_agent, arrival.address.map(|address| address.to_string()))
}
