//! PostgreSQL's tables as files of JSON lines.

use std::path::{Path, PathBuf};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, QueryResult, Statement,
    TransactionTrait as _,
};
use tokio::{
    fs,
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, BufWriter},
};

use super::{BackupError, etl_tables, failed};
use crate::Store;

/// Rows that are fetched or inserted at once.
const ROWS_AT_ONCE: usize = 1_000;
const MIGRATIONS: &str = "seaql_migrations";
/// Our own tables: the queue's stand in a schema of their own and are filled again from ours.
const TABLES: &str = "SELECT table_name::text FROM information_schema.tables \
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name";
/// Which table refers to which: a table must be filled after those that it refers to.
const REFERENCES: &str = "SELECT DISTINCT c.conrelid::regclass::text, c.confrelid::regclass::text \
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace \
     WHERE c.contype = 'f' AND n.nspname = current_schema() AND c.conrelid <> c.confrelid";
const SEQUENCES: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
     WHERE table_schema = current_schema() AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')";

pub(super) async fn copy(store: &Store, folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let moment = store
        .database()
        .begin_with_config(Some(IsolationLevel::RepeatableRead), Some(sea_orm::AccessMode::ReadOnly))
        .await?;
    let mut files = vec![etl_tables::copy(&moment, folder).await?];
    for table in texts(&moment, TABLES).await? {
        let file = folder.join(format!("{table}.ndjson"));
        write_table(&moment, &table, &file).await?;
        files.push(file);
    }
    moment.rollback().await?;
    Ok(files)
}

async fn write_table(moment: &DatabaseTransaction, table: &str, file: &Path) -> Result<(), BackupError> {
    let declare =
        format!("DECLARE copied NO SCROLL CURSOR FOR SELECT row_to_json(t)::text FROM {} t", quoted(table));
    moment.execute_unprepared(&declare).await?;
    let mut lines = BufWriter::new(fs::File::create_new(file).await.map_err(failed(file))?);
    loop {
        let rows = texts(moment, &format!("FETCH {ROWS_AT_ONCE} FROM copied")).await?;
        for row in &rows {
            lines.write_all(row.as_bytes()).await.map_err(failed(file))?;
            lines.write_all(b"\n").await.map_err(failed(file))?;
        }
        if rows.len() < ROWS_AT_ONCE {
            break;
        }
    }
    lines.flush().await.map_err(failed(file))?;
    moment.execute_unprepared("CLOSE copied").await?;
    Ok(())
}

pub(super) async fn restore(store: &Store, folder: &Path) -> Result<(), BackupError> {
    let transaction = store.database().begin().await?;
    let accounts = count(&transaction, "account").await?;
    if accounts > 0 {
        return Err(BackupError::NotEmpty { place: store.place().to_owned(), rows: accounts });
    }
    check_version(&transaction, folder).await?;
    etl_tables::restore(&transaction, folder).await?;
    let tables = in_order(&transaction).await?;
    for table in tables.iter().rev().filter(|table| *table != MIGRATIONS) {
        // What migrations may have put there. The audit log, which nothing may be taken from, is empty.
        transaction.execute_unprepared(&format!("DELETE FROM {}", quoted(table))).await?;
    }
    for table in tables.iter().filter(|table| *table != MIGRATIONS) {
        read_table(&transaction, table, &folder.join(format!("{table}.ndjson"))).await?;
    }
    for row in transaction.query_all_raw(Statement::from_string(DbBackend::Postgres, SEQUENCES)).await? {
        let (table, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let set = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT COALESCE(MAX({0}), 0) + 1 FROM {1}), false)",
            quoted(&column),
            quoted(&table)
        );
        transaction.execute_unprepared(&set).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Refuses a copy whose tables have another shape than ours.
async fn check_version(transaction: &DatabaseTransaction, folder: &Path) -> Result<(), BackupError> {
    let file = folder.join(format!("{MIGRATIONS}.ndjson"));
    let text = fs::read_to_string(&file).await.map_err(failed(&file))?;
    let mut theirs = Vec::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line)
            .map_err(|error| BackupError::Damaged { file: file.clone(), reason: error.to_string() })?;
        theirs.push(row["version"].as_str().unwrap_or_default().to_owned());
    }
    theirs.sort();
    let ours = texts(transaction, "SELECT version::text FROM seaql_migrations ORDER BY version").await?;
    if theirs == ours {
        return Ok(());
    }
    let last = |versions: &[String]| versions.last().cloned().unwrap_or_else(|| "none".to_owned());
    Err(BackupError::OtherVersion { theirs: last(&theirs), ours: last(&ours) })
}

async fn read_table(transaction: &DatabaseTransaction, table: &str, file: &Path) -> Result<(), BackupError> {
    if !fs::try_exists(file).await.map_err(failed(file))? {
        return Ok(());
    }
    let mut lines = BufReader::new(fs::File::open(file).await.map_err(failed(file))?).lines();
    let insert =
        format!("INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, $1::json)", quoted(table));
    let mut rows = Vec::new();
    loop {
        let line = lines.next_line().await.map_err(failed(file))?;
        let is_last = line.is_none();
        rows.extend(line);
        if rows.len() == ROWS_AT_ONCE || (is_last && !rows.is_empty()) {
            let batch = format!("[{}]", rows.join(","));
            let statement = Statement::from_sql_and_values(DbBackend::Postgres, &insert, [batch.into()]);
            transaction.execute_raw(statement).await?;
            rows.clear();
        }
        if is_last {
            return Ok(());
        }
    }
}

/// The tables, each after those that it refers to.
async fn in_order(transaction: &DatabaseTransaction) -> Result<Vec<String>, DbErr> {
    let mut waiting = texts(transaction, TABLES).await?;
    let mut references = Vec::new();
    for row in transaction.query_all_raw(Statement::from_string(DbBackend::Postgres, REFERENCES)).await? {
        references.push((row.try_get_by_index::<String>(0)?, row.try_get_by_index::<String>(1)?));
    }
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_free =
            |table: &String| !references.iter().any(|(from, to)| from == table && waiting.contains(to));
        let (free, rest): (Vec<_>, Vec<_>) = waiting.iter().cloned().partition(is_free);
        if free.is_empty() {
            // Tables that refer to each other: their order can't help.
            ordered.extend(rest);
            break;
        }
        ordered.extend(free);
        waiting = rest;
    }
    Ok(ordered)
}

pub(super) async fn texts(connection: &impl ConnectionTrait, sql: &str) -> Result<Vec<String>, DbErr> {
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    rows.iter().map(|row: &QueryResult| row.try_get_by_index(0)).collect()
}

async fn count(connection: &impl ConnectionTrait, table: &str) -> Result<i64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM {}", quoted(table));
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
