//! The audit as a file.

use api::{
    audit::{AuditEntryView, AuditFilter},
    right,
};
use bytes::Bytes;
use futures::{Stream, stream};
use serde_json::Value;

use super::list::{views, wanted};
use crate::{Allowed, Domain, Error};

/// Entries that are read at once.
const BATCH_ENTRIES: u64 = 500;

const COLUMNS: &str = "seq,id,at,actor,actor_name,action,subject,before,after,details,reason,address,user_agent,request_id,hash\r\n";

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// RFC 4180, with a header.
    Csv,
    /// One JSON array.
    Json,
}

/// All entries that fit the filter, the newest first, piece by piece. Making the export is itself noted.
///
/// # Errors
/// As of [`list`](super::list); while it goes on, the database may fail.
pub async fn export(
    domain: &Domain,
    actor: &Allowed<right::ViewAudit>,
    filter: AuditFilter,
    format: ExportFormat,
) -> Result<impl Stream<Item = Result<Bytes, Error>> + Send + 'static, Error> {
    let noted = serde_json::to_value(&filter).unwrap_or_default();
    let wanted = wanted(filter)?;
    let transaction = domain.store().begin().await?;
    super::note(&transaction, actor, "audit.export", "audit".to_owned(), noted).await?;
    transaction.commit().await?;

    let domain = domain.clone();
    let start = (domain, wanted, Progress::Begins);
    Ok(stream::try_unfold(start, move |(domain, mut wanted, progress)| async move {
        let mut text = String::new();
        match (progress, format) {
            (Progress::Over, _) => return Ok(None),
            (Progress::Begins, ExportFormat::Csv) => text.push_str(COLUMNS),
            (Progress::Begins, ExportFormat::Json) => text.push('['),
            (Progress::GoesOn, _) => {}
        }
        let links = store::audit::list(domain.store(), &wanted, BATCH_ENTRIES).await?;
        let is_last = (links.len() as u64) < BATCH_ENTRIES;
        wanted.before = links.last().map(|link| link.seq).or(wanted.before);
        for (index, entry) in views(&domain, links).await?.iter().enumerate() {
            match format {
                ExportFormat::Csv => push_row(&mut text, entry),
                ExportFormat::Json => {
                    if index > 0 || progress == Progress::GoesOn {
                        text.push(',');
                    }
                    text.push('\n');
                    text.push_str(&serde_json::to_string(entry).unwrap_or_default());
                }
            }
        }
        if is_last && format == ExportFormat::Json {
            text.push_str("\n]\n");
        }
        let progress = if is_last { Progress::Over } else { Progress::GoesOn };
        Ok(Some((Bytes::from(text), (domain, wanted, progress))))
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Begins,
    GoesOn,
    Over,
}

fn push_row(text: &mut String, entry: &AuditEntryView) {
    let json = |value: &Option<Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let id = |id: Option<String>| id.unwrap_or_default();
    let cells = [
        entry.seq.to_string(),
        entry.id.to_string(),
        entry.at.to_rfc3339(),
        id(entry.actor.map(|id| id.to_string())),
        entry.actor_name.clone().unwrap_or_default(),
        entry.action.clone(),
        entry.subject.clone(),
        json(&entry.before),
        json(&entry.after),
        json(&entry.details),
        entry.reason.clone().unwrap_or_default(),
        entry.address.clone().unwrap_or_default(),
        entry.user_agent.clone().unwrap_or_default(),
        id(entry.request_id.map(|id| id.to_string())),
        entry.hash.clone(),
    ];
    text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
    text.push_str("\r\n");
}

/// A cell in quotes. Spreadsheets take what begins like a formula for one, and players choose their names: such text gets
/// an apostrophe in front.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if is_formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_can_neither_end_its_quotes_nor_be_a_formula() {
        assert_eq!(quoted("say \"hi\", twice"), "\"say \"\"hi\"\", twice\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
