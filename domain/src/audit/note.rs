//! What use cases leave for staff.

use grid::EventId;
use serde_json::Value;
use store::{StoreError, Transaction, audit::AuditEntry};
use uuid::Uuid;

use crate::{Actor, sessions::note_origin};

/// Notes that `actor` did `action` to `subject`.
pub(crate) async fn note(
    transaction: &Transaction,
    actor: &Actor,
    action: &str,
    subject: String,
    details: Value,
) -> Result<(), StoreError> {
    let entry = AuditEntry { details: Some(details), ..entry(actor, action, subject) };
    store::audit::append(transaction, &entry).await
}

/// Something that staff changed.
pub(crate) struct Change<'a> {
    /// What was done, such as `account.change_role`.
    pub(crate) action: &'a str,
    /// What it was done to: a kind and an id.
    pub(crate) subject: String,
    /// What it was.
    pub(crate) before: Value,
    /// What it is now.
    pub(crate) after: Value,
    /// Why, in the actor's words.
    pub(crate) reason: &'a str,
}

/// Notes what `actor` changed, and why.
pub(crate) async fn change(
    transaction: &Transaction,
    actor: &Actor,
    change: Change<'_>,
) -> Result<(), StoreError> {
    let entry = AuditEntry {
        before: Some(change.before),
        after: Some(change.after),
        reason: Some(change.reason.to_owned()),
        ..entry(actor, change.action, change.subject)
    };
    store::audit::append(transaction, &entry).await
}

/// What a deed of many kinds did to a thing: its particulars, and what they changed.
pub(crate) struct Alteration {
    /// What was done, such as `character.inventory`.
    pub(crate) action: &'static str,
    /// What it was done to: a kind and an id.
    pub(crate) subject: String,
    /// What was asked for.
    pub(crate) details: Value,
    /// What was there before, as far as it changed; null, if the thing was not there.
    pub(crate) before: Value,
    /// What is there now, as far as it changed; null, if the thing is gone.
    pub(crate) after: Value,
}

/// Notes what `actor` altered; why, the actor has said.
pub(crate) async fn alteration(
    transaction: &Transaction,
    actor: &Actor,
    done: Alteration,
) -> Result<(), StoreError> {
    let entry = AuditEntry {
        details: Some(done.details),
        before: Some(done.before).filter(|it| !it.is_null()),
        after: Some(done.after).filter(|it| !it.is_null()),
        ..entry(actor, done.action, done.subject)
    };
    store::audit::append(transaction, &entry).await
}

fn entry(actor: &Actor, action: &str, subject: String) -> AuditEntry {
    let (user_agent, address) = note_origin(&actor.arrival);
    AuditEntry {
        id: EventId::from_uuid(Uuid::now_v7()),
        at: store::now(),
        actor: actor.account,
        action: action.to_owned(),
        subject,
        before: None,
        after: None,
        details: None,
        reason: actor.arrival.reason.clone(),
        address,
        user_agent,
        request_id: Some(actor.arrival.request_id),
    }
}
