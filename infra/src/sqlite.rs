//! What every pool of connections to a SQLite file does alike.

use sqlx::{Connection as _, SqliteConnection, SqlitePool, sqlite::SqlitePoolOptions};

/// Has connections come back to the pool only without a transaction.
///
/// When the disk is full, SQLite itself may end the transaction. sqlx's ROLLBACK then fails, and from there on it counts
/// that connection's transactions one too deep: the next "transaction" is a savepoint. Once one of those is undone, the
/// write lock stays with the connection: no other one can write ever again, and what this one "commits" is gone after the
/// next start. Such a connection is closed instead.
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

/// Writes the file without changing what is in it, to find out whether that can be done.
pub(crate) async fn write_nothing_new(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    // This number is left to whoever made the file, and nobody here uses it. Setting it writes the first page.
    sqlx::query("PRAGMA user_version = 0").execute(pool).await.map(|_| ())
}
