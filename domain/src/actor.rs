//! Who asks, and what was found out about what they may do.

use std::{net::IpAddr, sync::Arc};

use api::{Permission, PermissionSet, Right, Role, role::Place, user::Reason};
use chrono::{DateTime, Utc};
use grid::{AccountId, RequestId, SessionId};
use uuid::Uuid;

use crate::{Allowed, AllowedSomewhere, Error};

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The request.
    pub request_id: RequestId,
    /// The caller's address, if known.
    pub address: Option<IpAddr>,
    /// The program that asks, as it calls itself.
    pub user_agent: Option<String>,
    /// Why it was sent, in the caller's words, for the audit.
    pub reason: Option<String>,
}

impl Arrival {
    /// A request of the server to itself.
    #[must_use]
    pub fn within() -> Self {
        Self {
            request_id: RequestId::from_uuid(Uuid::now_v7()),
            address: None,
            user_agent: None,
            reason: None,
        }
    }
}

/// What may be done in one place alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// Where.
    pub place: Place,
    /// What.
    pub permissions: PermissionSet,
    /// Until when; `None` if it does not end by itself.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Who asks, in which role, by which request. Made by [`sessions::authenticate`](crate::sessions::authenticate),
/// [`tokens::authenticate`](crate::tokens::authenticate), or as a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in account; none for a visitor.
    pub account: Option<AccountId>,
    /// The account's role.
    pub role: Option<Role>,
    /// What the account may do, everywhere.
    pub permissions: PermissionSet,
    /// What the account may do in one place alone.
    pub local: Arc<[Local]>,
    /// When the first of these ends by itself: from then on, ask anew.
    pub outdated_at: Option<DateTime<Utc>>,
    /// The sign-in that the request belongs to.
    pub session: Option<SessionId>,
    /// Somebody of the staff who looks through the account's eyes, if it is not the account itself that asks.
    pub impersonator: Option<AccountId>,
    /// Where the request comes from.
    pub arrival: Arrival,
}

impl Actor {
    /// Someone who has not signed in.
    #[must_use]
    pub fn visitor(arrival: Arrival) -> Self {
        Self {
            account: None,
            role: None,
            permissions: PermissionSet::NONE,
            local: Arc::default(),
            outdated_at: None,
            session: None,
            impersonator: None,
            arrival,
        }
    }

    /// The actor as one who may do what `R` stands for, everywhere.
    ///
    /// # Errors
    /// As of [`require`](Self::require).
    pub fn allow<R: Right>(self) -> Result<Allowed<R>, Error> {
        let account = self.require(R::PERMISSION)?;
        Ok(Allowed::new(account, self))
    }

    /// The actor as one who may do what `R` stands for, everywhere or in some place. Which place is asked for is the use
    /// case's to find out.
    ///
    /// # Errors
    /// As of [`require`](Self::require).
    pub fn allow_somewhere<R: Right>(self) -> Result<AllowedSomewhere<R>, Error> {
        let account = self.signed_in()?;
        if self.may_somewhere(R::PERMISSION) {
            Ok(AllowedSomewhere::new(account, self))
        } else {
            Err(Error::Forbidden)
        }
    }

    /// Whether the actor may do this everywhere or in some place.
    #[must_use]
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
            || self.local.iter().any(|local| local.permissions.contains(permission))
    }

    /// Whether the actor may do this there.
    #[must_use]
    pub fn may_at(&self, permission: Permission, place: Place) -> bool {
        self.permissions.contains(permission)
            || self
                .local
                .iter()
                .any(|local| local.place.contains(place) && local.permissions.contains(permission))
    }

    /// The account, if the actor may do this everywhere. For what is decided in the middle of a use case; the permission
    /// that a use case begins with stands in its signature, as [`Allowed`].
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor, [`Error::Forbidden`] for an account that may not.
    pub fn require(&self, permission: Permission) -> Result<AccountId, Error> {
        let account = self.signed_in()?;
        if self.permissions.contains(permission) { Ok(account) } else { Err(Error::Forbidden) }
    }

    /// The account, whatever it may do.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor.
    pub fn signed_in(&self) -> Result<AccountId, Error> {
        self.account.ok_or(Error::Unauthenticated)
    }

    /// The account, unless somebody else looks through its eyes.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a visitor, [`Error::OnlyLooking`] for somebody else.
    pub fn in_person(&self) -> Result<AccountId, Error> {
        let account = self.signed_in()?;
        if self.impersonator.is_some() { Err(Error::OnlyLooking) } else { Ok(account) }
    }

    /// The same, who may have said why.
    #[must_use]
    pub fn because_given(mut self, reason: Option<Reason>) -> Self {
        if let Some(Reason { reason }) = reason {
            self.arrival.reason = Some(reason);
        }
        self
    }

    /// Asks for a reason where only the use case finds out that there has to be one.
    ///
    /// # Errors
    /// [`Error::InvalidField`] if nobody said why.
    pub(crate) fn says_why(&self, what: &str) -> Result<(), Error> {
        if self.arrival.reason.is_some() {
            return Ok(());
        }
        let message = format!("{what}: say why, in 3 to 500 characters, for the audit");
        Err(Error::InvalidField { field: "reason", message })
    }
}
