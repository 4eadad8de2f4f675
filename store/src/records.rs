//! What a query runs on: the store, or a transaction of it.

use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use crate::{Store, StoreError};
use sealed::Sealed as _;

/// Something that queries can run on. Only this crate implements it.
pub trait Records: sealed::Sealed + Sync {}

impl Records for Store {}
impl Records for Transaction {}

pub(crate) mod sealed {
    /// Hides the database library from callers.
    pub trait Sealed {
        type Connection: sea_orm::ConnectionTrait;
        fn connection(&self) -> &Self::Connection;
    }
}

/// Several steps that take effect together or not at all. Dropping it without a commit undoes them.
#[derive(Debug)]
pub struct Transaction(DatabaseTransaction);

impl Transaction {
    /// Makes the steps last.
    ///
    /// # Errors
    /// The database failed; then nothing has changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl sealed::Sealed for Transaction {
    type Connection = DatabaseTransaction;

    fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Store {
    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        // SQLite: a transaction that first reads and then wants to write fails at once if another one wrote
        // meanwhile. Asking for the write lock first makes it wait its turn instead.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Transaction(self.connection().begin_with_options(options).await?))
    }
}
