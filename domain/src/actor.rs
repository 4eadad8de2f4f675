//! Who asks.

use std::net::IpAddr;

use api::{Permission, Role};
use grid::{AccountId, RequestId, SessionId};
use uuid::Uuid;

use crate::Error;

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The request.
    pub request_id: RequestId,
    /// The caller's address, if known.
    pub address: Option<IpAddr>,
    /// The program that asks, as it calls itself.
    pub user_agent: Option<String>,
}

impl Arrival {
    /// A request of the server to itself.
    #[must_use]
    pub fn within() -> Self {
        Self { request_id: RequestId::from_uuid(Uuid::now_v7()), address: None, user_agent: None }
    }
}

/// Who asks, in which role, by which request. Made by [`sessions::authenticate`](crate::sessions::authenticate),
/// [`tokens::authenticate`](crate::tokens::authenticate), or as a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in account; none for a visitor.
    pub account: Option<AccountId>,
    /// The account's role.
    pub role: Option<Role>,
    /// The sign-in that the request belongs to.
    pub session: Option<SessionId>,
    /// Where the request comes from.
    pub arrival: Arrival,
}

impl Actor {
    /// Someone who has not signed in.
    #[must_use]
    pub const fn visitor(arrival: Arrival) -> Self {
        Self { account: None, role: None, session: None, arrival }
    }

    /// The account, if the actor may do this.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor, [`Error::Forbidden`] for an account whose role does not allow it.
    pub fn require(&self, permission: Permission) -> Result<AccountId, Error> {
        let account = self.signed_in()?;
        match self.role {
            Some(role) if role.allows(permission) => Ok(account),
            _ => Err(Error::Forbidden),
        }
    }

    /// The account, whatever it may do.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor.
    pub fn signed_in(&self) -> Result<AccountId, Error> {
        self.account.ok_or(Error::Unauthenticated)
    }
}
