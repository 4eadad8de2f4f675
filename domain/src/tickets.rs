//! Tickets for the game socket.

use api::{
    auth::{Ticket, TicketRequest},
    right,
};
use garde::Validate as _;
use secrecy::ExposeSecret as _;
use store::tickets::TicketHolder;

use crate::{Allowed, Domain, Error, characters, secret};

/// A ticket that lets one of the actor's own characters into the game: once, and soon.
///
/// # Errors
/// [`Error::NotFound`] if the character is not the actor's own.
pub async fn issue(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    request: TicketRequest,
) -> Result<Ticket, Error> {
    let account_id = actor.account();
    request.validate()?;
    let character = characters::find_own(domain, account_id, request.character_id).await?;
    let (ticket, now, ttl) = (secret::random(), store::now(), domain.settings().auth.ticket_ttl);
    let holder = TicketHolder { account_id, character_id: character.id, sign_in: actor.session };
    store::tickets::insert(domain.store(), &secret::hash(&ticket), holder, now, now + ttl).await?;
    Ok(Ticket { ticket: ticket.expose_secret().to_owned(), expires_in: ttl.as_secs() })
}
