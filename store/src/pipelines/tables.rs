//! The tables that pipelines fill: real ones, so that SQL and every tool that speaks it can read them.
//!
//! They are made when a pipeline starts and get columns that its file has gained; a column that its file has lost stays.
//! Their names begin with `etl_`, so that none of ours is ever written by a file.

use chrono::{DateTime, Utc};
use infra::pipelines::definition::ColumnType;
use sea_orm::{
    ConnectionTrait as _, DbBackend, Statement,
    sea_query::{Alias, ColumnDef, Expr, OnConflict, Order, Query, SimpleExpr, Table},
};
use serde_json::{Map, Value};

use crate::{Records, Store, StoreError, records::sealed::Sealed as _};

/// Every row's own name: what it was made of.
const ROW_ID: &str = "row_id";
/// Rows that one statement writes.
const ROWS_OF_STATEMENT_MAX: usize = 200;

/// A table that a pipeline fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EtlTable {
    name: String,
    columns: Vec<(String, ColumnType)>,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(Option<String>),
    /// A whole number.
    Integer(Option<i64>),
    /// A number.
    Real(Option<f64>),
    /// A moment.
    Time(Option<DateTime<Utc>>),
}

/// A value that does not fit its column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: expected {expected}, got {got}")]
pub struct InvalidCell {
    /// The column.
    pub column: String,
    /// What it holds.
    pub expected: &'static str,
    /// What was to be put there.
    pub got: String,
}

impl EtlTable {
    /// The table of that name (without `etl_`) with those columns. Names were checked when the file was.
    #[must_use]
    pub fn new(name: &str, columns: Vec<(String, ColumnType)>) -> Self {
        Self { name: format!("etl_{name}"), columns }
    }

    /// Its name in the database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[(String, ColumnType)] {
        &self.columns
    }

    /// Turns a result into cells; a field that is absent is null.
    ///
    /// # Errors
    /// A value does not fit its column.
    pub fn cells(&self, row: &Map<String, Value>) -> Result<Vec<Cell>, InvalidCell> {
        self.columns.iter().map(|(name, kind)| cell(name, *kind, row.get(name))).collect()
    }

    /// Makes the table, or the columns that it lacks. Of several processes that start together, one does so.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ensure(&self, store: &Store) -> Result<(), StoreError> {
        let transaction = store.begin().await?;
        let connection = transaction.connection();
        if connection.get_database_backend() == DbBackend::Postgres {
            // Unlike SQLite's, its transactions don't take turns by themselves, and `IF NOT EXISTS` alone is no lock.
            let sql = "SELECT pg_advisory_xact_lock(hashtext($1))";
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, sql, [self.name.as_str().into()]);
            connection.query_one_raw(lock).await?;
        }
        let mut create = Table::create();
        create
            .table(Alias::new(&self.name))
            .if_not_exists()
            .col(ColumnDef::new(Alias::new(ROW_ID)).text().not_null().primary_key());
        for (name, kind) in &self.columns {
            create.col(column(name, *kind));
        }
        connection.execute(&create).await?;
        let known = self.known_columns(&transaction).await?;
        for (name, kind) in self.columns.iter().filter(|(name, _)| !known.contains(name)) {
            let alter =
                Table::alter().table(Alias::new(&self.name)).add_column(column(name, *kind)).to_owned();
            connection.execute(&alter).await?;
        }
        transaction.commit().await
    }

    async fn known_columns(&self, records: &impl Records) -> Result<Vec<String>, StoreError> {
        let backend = records.connection().get_database_backend();
        let sql = match backend {
            DbBackend::Sqlite => "SELECT name FROM pragma_table_info(?)",
            _ => {
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema()"
            }
        };
        let statement = Statement::from_sql_and_values(backend, sql, [self.name.as_str().into()]);
        let rows = records.connection().query_all_raw(statement).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index::<String>(0)?)).collect()
    }

    /// Puts rows in place of those with the same id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn upsert(
        &self,
        records: &impl Records,
        rows: Vec<(String, Vec<Cell>)>,
    ) -> Result<(), StoreError> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(&self.name)).columns(self.all_columns());
            for (id, cells) in rows.by_ref().take(ROWS_OF_STATEMENT_MAX) {
                let values: Vec<SimpleExpr> =
                    [Expr::value(id)].into_iter().chain(cells.into_iter().map(expression)).collect();
                insert.values_panic(values);
            }
            let replaced = self.columns.iter().map(|(name, _)| Alias::new(name));
            insert.on_conflict(OnConflict::column(Alias::new(ROW_ID)).update_columns(replaced).to_owned());
            records.connection().execute(&insert).await?;
        }
        Ok(())
    }

    /// The newest rows, by their window if they have one.
    ///
    /// # Errors
    /// The database failed, or there is no such table.
    pub async fn newest(
        &self,
        records: &impl Records,
        limit: u64,
    ) -> Result<Vec<Map<String, Value>>, StoreError> {
        let by =
            self.columns.iter().find(|(_, kind)| *kind == ColumnType::Time).map_or(ROW_ID, |(name, _)| name);
        let select = Query::select()
            .columns(self.all_columns())
            .from(Alias::new(&self.name))
            .order_by(Alias::new(by), Order::Desc)
            .order_by(Alias::new(ROW_ID), Order::Asc)
            .limit(limit)
            .to_owned();
        let found = records.connection().query_all(&select).await?;
        found
            .iter()
            .map(|row| {
                let mut object = Map::new();
                object.insert(ROW_ID.to_owned(), Value::from(row.try_get_by_index::<String>(0)?));
                for (index, (name, kind)) in self.columns.iter().enumerate() {
                    let at = index + 1;
                    let value = match kind {
                        ColumnType::Text => Value::from(row.try_get_by_index::<Option<String>>(at)?),
                        ColumnType::Integer => Value::from(row.try_get_by_index::<Option<i64>>(at)?),
                        ColumnType::Real => Value::from(row.try_get_by_index::<Option<f64>>(at)?),
                        ColumnType::Time => {
                            let time = row.try_get_by_index::<Option<DateTime<Utc>>>(at)?;
                            Value::from(
                                time.map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
                            )
                        }
                    };
                    object.insert(name.clone(), value);
                }
                Ok(object)
            })
            .collect()
    }

    /// The sum of a column of numbers, for figures and checks.
    ///
    /// # Errors
    /// The database failed, or there is no such table or column.
    pub async fn sum(&self, records: &impl Records, column: &str) -> Result<f64, StoreError> {
        // PostgreSQL's sum of whole numbers is of a type without bounds.
        let sum = format!("CAST(SUM(\"{}\") AS double precision)", column.replace('"', ""));
        let select = Query::select().expr(Expr::cust(sum)).from(Alias::new(&self.name)).to_owned();
        let row = records.connection().query_one(&select).await?;
        let sum = row.map(|row| row.try_get_by_index::<Option<f64>>(0)).transpose()?;
        Ok(sum.flatten().unwrap_or_default())
    }

    fn all_columns(&self) -> Vec<Alias> {
        [ROW_ID]
            .into_iter()
            .chain(self.columns.iter().map(|(name, _)| name.as_str()))
            .map(Alias::new)
            .collect()
    }
}

fn column(name: &str, kind: ColumnType) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        ColumnType::Text => column.text(),
        ColumnType::Integer => column.big_integer(),
        ColumnType::Real => column.double(),
        ColumnType::Time => column.timestamp_with_time_zone(),
    };
    column.null();
    column
}

fn expression(cell: Cell) -> SimpleExpr {
    match cell {
        Cell::Text(value) => Expr::value(value),
        Cell::Integer(value) => Expr::value(value),
        Cell::Real(value) => Expr::value(value),
        Cell::Time(value) => Expr::value(value),
    }
}

fn cell(column: &str, kind: ColumnType, value: Option<&Value>) -> Result<Cell, InvalidCell> {
    let value = value.unwrap_or(&Value::Null);
    let invalid = |expected: &'static str| InvalidCell {
        column: column.to_owned(),
        expected,
        got: value.to_string().chars().take(80).collect(),
    };
    let is_null = value.is_null();
    Ok(match kind {
        ColumnType::Text => Cell::Text(match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }),
        ColumnType::Integer if is_null => Cell::Integer(None),
        ColumnType::Integer => Cell::Integer(Some(whole(value).ok_or_else(|| invalid("a whole number"))?)),
        ColumnType::Real if is_null => Cell::Real(None),
        ColumnType::Real => Cell::Real(Some(value.as_f64().ok_or_else(|| invalid("a number"))?)),
        ColumnType::Time if is_null => Cell::Time(None),
        ColumnType::Time => {
            let time = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
            Cell::Time(Some(time.ok_or_else(|| invalid("a time such as 2026-11-29T09:00:00Z"))?.to_utc()))
        }
    })
}

/// A whole number, also when an expression gave it as 3.0.
fn whole(value: &Value) -> Option<i64> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        (number.fract() == 0.0 && number.abs() <= EXACT_MAX).then_some(number as i64)
    })
}
