//! A database of its own on the PostgreSQL that tests share, and a wire to it that can be cut.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use sqlx::{Connection as _, Executor as _, PgConnection};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// Names the PostgreSQL that `cargo xtask test` starts.
const VARIABLE: &str = "REALMKEEP_TEST_POSTGRES_URL";

/// The address of a new empty database.
pub(crate) async fn fresh_database() -> String {
    let shared = std::env::var(VARIABLE).expect("REALMKEEP_TEST_POSTGRES_URL is set: run `cargo xtask test`");
    let name = format!("server_{}", uuid::Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&shared).await.expect("the shared PostgreSQL answers");
    // The name is of hexadecimal digits; an identifier can't be a parameter.
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    connection.execute(create).await.expect("may create databases");
    let (server, _) = shared.rsplit_once('/').expect("host/database");
    format!("{server}/{name}")
}

/// A TCP proxy in front of a database.
pub(crate) struct Wire {
    here: SocketAddr,
    there: String,
    is_cut: Arc<AtomicBool>,
    cut: Arc<Notify>,
}

impl Wire {
    pub(crate) async fn to(url: &str) -> Self {
        let there = host_of(url).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("bound");
        let (is_cut, cut) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let wire = Self { here, there: there.clone(), is_cut: Arc::clone(&is_cut), cut: Arc::clone(&cut) };
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let (there, cut) = (there.clone(), Arc::clone(&cut));
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(there).await.expect("the database answers");
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        () = cut.notified() => {}
                    }
                });
            }
        });
        wire
    }

    /// `url`, over this wire.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replacen(&self.there, &self.here.to_string(), 1)
    }

    /// Drops all connections and takes no new ones.
    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.cut.notify_waiters();
    }

    pub(crate) fn mend(&self) {
        self.is_cut.store(false, Ordering::SeqCst);
    }
}

fn host_of(url: &str) -> &str {
    let (_, after) = url.split_once("://").expect("a scheme");
    let authority = after.split('/').next().unwrap_or(after);
    authority.rsplit('@').next().unwrap_or(authority)
}
