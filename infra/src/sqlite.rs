//! What every pool of connections to a SQLite file does alike.

use sqlx::{Connection as _, SqliteConnection, sqlite::SqlitePoolOptions};

/// Has connections come back to the pool only without a transaction.
///
/// When the disk is full, SQLite itself may end the transaction. sqlx's ROLLBACK then fails, and from there on it counts
/// that connection's transactions one too deep: the next "transaction" is a savepoint whose end doesn't give the write
/// lock back, and no other connection can write ever again. Such a connection is closed instead.
#[must_use]
pub fn without_stale_transactions(options: SqlitePoolOptions) -> SqlitePoolOptions {
    options.after_release(|connection, _| Box::pin(is_at_rest(connection)))
}

async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A dropped transaction only queues its rollback; after this it has run.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
