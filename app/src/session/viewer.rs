//! Who looks at the dashboard.

use api::{Permission, auth::AccountView};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The signed-in account, and the server's time to set the page's clock by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who it is.
    pub account: AccountView,
    /// The server's clock when it answered.
    pub server_time: DateTime<Utc>,
}

impl Viewer {
    /// Whether to show what needs `permission`. The use cases decide anew whether it may be done.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.account.permissions.contains(&permission)
    }
}

/// The viewer of the present page.
pub(crate) fn use_viewer() -> Viewer {
    expect_context()
}
