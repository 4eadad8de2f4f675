//! Asking for a letter. A job sends it, so nobody waits for a mail server, and no letter is lost while that is away.

use api::job::{JobPriority, JobRequest, LetterKind};
use grid::AccountId;
use store::{Records, jobs::JobRecord};

use crate::{Domain, Error, jobs};

/// Asks for a letter within a transaction; [`offer`](jobs::offer) its job once that is committed. `None` if the same
/// letter is on its way already.
pub(crate) async fn ask_within(
    records: &impl Records,
    letter: LetterKind,
    account: AccountId,
) -> Result<Option<JobRecord>, Error> {
    let request = JobRequest::SendLetter { letter, account_id: account };
    // Somebody sits in front of an empty mailbox.
    jobs::ask(records, &request, JobPriority::High).await
}

/// Asks for a letter.
pub(crate) async fn ask(domain: &Domain, letter: LetterKind, account: AccountId) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    let job = ask_within(&transaction, letter, account).await?;
    transaction.commit().await?;
    if let Some(job) = job {
        jobs::offer(domain, &job).await;
    }
    Ok(())
}
