//! The tables that pipelines fill: no migration makes them, so a copy says how they are made.

use std::path::Path;

use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction,
    sea_query::{Alias, ColumnDef, Table},
};
use serde::{Deserialize, Serialize};
use tokio::fs;

use super::{BackupError, failed, postgres::texts};

/// No table's name has a dot, so no table's file is called so.
const FILE: &str = "etl.columns.ndjson";
/// As `pipelines::EtlTable` names them.
const PREFIX: &str = "etl_";
const COLUMNS: &str = "SELECT json_build_object('table', c.table_name, 'column', c.column_name, 'type', c.data_type, \
     'is_key', c.is_nullable = 'NO')::text \
     FROM information_schema.columns c \
     WHERE c.table_schema = current_schema() AND starts_with(c.table_name, 'etl_') \
     ORDER BY c.table_name, c.ordinal_position";

/// A column, as the copy has it.
#[derive(Debug, Serialize, Deserialize)]
struct Column {
    table: String,
    column: String,
    #[serde(rename = "type")]
    kind: String,
    is_key: bool,
}

/// Writes down how the tables are made.
pub(super) async fn copy(
    moment: &DatabaseTransaction,
    folder: &Path,
) -> Result<std::path::PathBuf, BackupError> {
    let file = folder.join(FILE);
    let lines: String = texts(moment, COLUMNS).await?.into_iter().map(|line| format!("{line}\n")).collect();
    fs::write(&file, lines).await.map_err(failed(&file))?;
    Ok(file)
}

/// Makes the tables that the copy has and the database lacks. A copy from before they were copied has none.
pub(super) async fn restore(transaction: &DatabaseTransaction, folder: &Path) -> Result<(), BackupError> {
    let file = folder.join(FILE);
    if !fs::try_exists(&file).await.map_err(failed(&file))? {
        return Ok(());
    }
    let text = fs::read_to_string(&file).await.map_err(failed(&file))?;
    let damaged = |reason: String| BackupError::Damaged { file: file.clone(), reason };
    let mut columns = Vec::new();
    for line in text.lines() {
        columns.push(serde_json::from_str::<Column>(line).map_err(|error| damaged(error.to_string()))?);
    }
    for of_table in columns.chunk_by(|one, other| one.table == other.table) {
        let name = &of_table[0].table;
        if !name.starts_with(PREFIX) {
            return Err(damaged(format!("{name} is no table of a pipeline")));
        }
        let mut create = Table::create();
        create.table(Alias::new(name)).if_not_exists();
        for column in of_table {
            create.col(definition(column).map_err(damaged)?);
        }
        transaction.execute(&create).await?;
    }
    Ok(())
}

fn definition(column: &Column) -> Result<ColumnDef, String> {
    let mut definition = ColumnDef::new(Alias::new(&column.column));
    match column.kind.as_str() {
        "text" => definition.text(),
        "bigint" => definition.big_integer(),
        "double precision" => definition.double(),
        "timestamp with time zone" => definition.timestamp_with_time_zone(),
        other => return Err(format!("{}.{} is of the unknown type {other}", column.table, column.column)),
    };
    if column.is_key {
        definition.not_null().primary_key();
    }
    Ok(definition)
}
