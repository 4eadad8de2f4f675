//! The one check, as types: who was found to have a permission, and where.
//!
//! [`Allowed`] is somebody who has it everywhere; nothing but [`Actor::allow`] makes one. A role can also be granted for
//! one world or region. Whoever has it by such a grant alone is no `Allowed`, but an [`AllowedSomewhere`]: a use case that
//! acts in one place takes [`impl AllowedAt<right::…>`](AllowedAt) and asks [`at`](AllowedAt::at) that place, which both
//! of them answer. A use case that was not written for places can't be reached by a grant for one.

use std::{marker::PhantomData, ops::Deref};

use api::{Right, role::Place, user::Reason};
use garde::Validate as _;
use grid::AccountId;

use crate::{Actor, Error};

/// An actor who was found to have the permission that `R` stands for. A use case that takes it can't be called without the
/// check, by REST, dashboard or job.
#[derive(Debug)]
pub struct Allowed<R> {
    account: AccountId,
    actor: Actor,
    right: PhantomData<fn() -> R>,
}

/// An actor who was found to have the permission that `R` stands for, everywhere or in some place.
#[derive(Debug)]
pub struct AllowedSomewhere<R> {
    account: AccountId,
    actor: Actor,
    right: PhantomData<fn() -> R>,
}

/// Whoever may do what `R` stands for, in some places at least.
pub trait AllowedAt<R: Right>: Deref<Target = Actor> + Sync {
    /// The actor as one who may do it there.
    ///
    /// # Errors
    /// [`Error::NotAllowedThere`] if the permission was granted for other places alone.
    fn at(&self, place: Place) -> Result<Allowed<R>, Error>;

    /// The actor as one who may do it everywhere.
    ///
    /// # Errors
    /// [`Error::Forbidden`] if the permission was granted for some places alone.
    fn everywhere(&self) -> Result<Allowed<R>, Error>;
}

impl<R> Allowed<R> {
    pub(crate) const fn new(account: AccountId, actor: Actor) -> Self {
        Self { account, actor, right: PhantomData }
    }

    /// Whose permission it is.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The same, who says why: the audit keeps it with whatever is done.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.actor.arrival.reason = Some(reason.reason);
        self
    }

    /// The same, for a reason as somebody wrote it.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is too short or too long for one.
    pub fn because_of(self, reason: &str) -> Result<Self, Error> {
        Ok(self.because(checked(reason)?))
    }

    /// The same, for a reason that only some have to give: whether there has to be one is found out by the use case.
    #[must_use]
    pub fn because_given(self, reason: Option<Reason>) -> Self {
        match reason {
            Some(reason) => self.because(reason),
            None => self,
        }
    }
}

fn checked(reason: &str) -> Result<Reason, Error> {
    let reason = Reason { reason: reason.trim().to_owned() };
    reason.validate()?;
    Ok(reason)
}

impl<R> AllowedSomewhere<R> {
    pub(crate) const fn new(account: AccountId, actor: Actor) -> Self {
        Self { account, actor, right: PhantomData }
    }

    /// As of [`Allowed::because`].
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.actor.arrival.reason = Some(reason.reason);
        self
    }

    /// As of [`Allowed::because_of`].
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is too short or too long for a reason.
    pub fn because_of(self, reason: &str) -> Result<Self, Error> {
        Ok(self.because(checked(reason)?))
    }
}

impl<R: Right> AllowedAt<R> for Allowed<R> {
    fn at(&self, _: Place) -> Result<Self, Error> {
        self.everywhere()
    }

    fn everywhere(&self) -> Result<Self, Error> {
        Ok(Self::new(self.account, self.actor.clone()))
    }
}

impl<R: Right> AllowedAt<R> for AllowedSomewhere<R> {
    fn at(&self, place: Place) -> Result<Allowed<R>, Error> {
        if self.actor.may_at(R::PERMISSION, place) {
            Ok(Allowed::new(self.account, self.actor.clone()))
        } else {
            Err(Error::NotAllowedThere)
        }
    }

    fn everywhere(&self) -> Result<Allowed<R>, Error> {
        self.actor.clone().allow()
    }
}

impl<R> Deref for Allowed<R> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl<R> Deref for AllowedSomewhere<R> {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}
