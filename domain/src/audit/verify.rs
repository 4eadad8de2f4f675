//! Finding out whether the audit is as it was written.

use std::collections::HashMap;

use api::{audit::AuditVerification, right};
use store::{Store, audit::Head};

use super::HeadLog;
use crate::{Allowed, Domain, Error, tokens::KeyRing};

/// Goes through the whole log and compares it with its signed heads.
///
/// # Errors
/// [`Error::Conflict`] while somebody else does the same; the database or the file of heads can't be read.
pub async fn verify(domain: &Domain, _: &Allowed<right::ViewAudit>) -> Result<AuditVerification, Error> {
    let Ok(_turn) = domain.audit_turn().try_lock() else {
        return Err(Error::Conflict("the audit is being verified already; ask again in a moment".to_owned()));
    };
    verify_records(domain.store(), domain.head_log(), domain.keys()).await
}

/// The same without a server, for the command line.
///
/// # Errors
/// The database or the file of heads can't be read.
pub async fn verify_records(
    store: &Store,
    heads: &HeadLog,
    keys: &KeyRing,
) -> Result<AuditVerification, Error> {
    let lines = heads.read().map_err(|error| Error::Internal(error.to_string()))?;
    let mut signed = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        let Ok(head) = keys.verify_head(line) else {
            let finding =
                format!("line {} of the signed heads is not of this installation's keys", index + 1);
            return Ok(verification(&Head { seq: 0, hash: String::new() }, 0, Some(finding)));
        };
        signed.insert(head.seq, head.hash);
    }
    let mut last = Head { seq: 0, hash: String::new() };
    let (mut compared, mut contradiction) = (0, None);
    let outcome = store::audit::check(store, |head| {
        if let Some(hash) = signed.remove(&head.seq) {
            compared += 1;
            if hash != head.hash && contradiction.is_none() {
                contradiction = Some(format!("entry {} is not the one that was signed", head.seq));
            }
        }
        last = head.clone();
    })
    .await?;
    let cut_off = signed.keys().max().map(|seq| {
        format!("the log ends at entry {}, but entry {seq} was signed: its end was cut off", last.seq)
    });
    let finding = contradiction.or_else(|| outcome.err().map(|found| found.to_string())).or(cut_off);
    Ok(verification(&last, compared, finding))
}

fn verification(last: &Head, signed_heads: u32, finding: Option<String>) -> AuditVerification {
    AuditVerification {
        intact: finding.is_none(),
        entries: last.seq,
        head: last.hash.clone(),
        signed_heads,
        finding,
        at: store::now(),
    }
}
