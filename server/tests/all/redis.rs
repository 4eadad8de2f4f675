//! A Redis of a test's own, to be stopped and started again.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::test_server::PATIENCE;

/// Keeps what it was told, as one that carries value should.
pub(crate) struct Redis {
    server: Child,
    port: u16,
    data: TempDir,
}

impl Redis {
    pub(crate) async fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let data = tempfile::tempdir().expect("a folder");
        let redis = Self { server: launch(port, &data), port, data };
        redis.answers().await;
        redis
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends it without a warning.
    pub(crate) fn kill(&mut self) {
        self.server.kill().expect("dies");
        self.server.wait().expect("is dead");
    }

    /// Starts it again, at the same address and with what it had written down.
    pub(crate) async fn revive(&mut self) {
        self.server = launch(self.port, &self.data);
        self.answers().await;
    }

    /// Stands in for a server that is gone: whoever knocks is counted and sent away.
    pub(crate) async fn count_knocks(&self) -> Knocks {
        let bound = async {
            loop {
                // The dead server's connections may hold the port for another moment.
                match tokio::net::TcpListener::bind(("127.0.0.1", self.port)).await {
                    Ok(listener) => return listener,
                    Err(_) => sleep(Duration::from_millis(10)).await,
                }
            }
        };
        let listener = timeout(PATIENCE, bound).await.expect("the port is free");
        let count = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&count);
        let door = tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Knocks { count, door }
    }

    /// Connections that it has taken since it was started, this question's included.
    pub(crate) async fn connections(&self) -> u64 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("connects");
        stream.write_all(b"INFO stats\r\nQUIT\r\n").await.expect("asks");
        let mut told = String::new();
        stream.read_to_string(&mut told).await.expect("answers");
        let line = told.lines().find_map(|line| line.strip_prefix("total_connections_received:"));
        line.and_then(|count| count.trim().parse().ok()).expect("a number of connections")
    }

    async fn answers(&self) {
        let up = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, up).await.expect("Redis starts");
    }
}

/// Those who ask for a server that is gone.
pub(crate) struct Knocks {
    count: Arc<AtomicU64>,
    door: JoinHandle<()>,
}

impl Knocks {
    /// Gives the port back, and says how many there were.
    pub(crate) async fn end(self) -> u64 {
        self.door.abort();
        let _ = self.door.await;
        self.count.load(Ordering::Relaxed)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn launch(port: u16, data: &TempDir) -> Child {
    Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
        .args(["--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        .arg("--dir")
        .arg(data.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is there: `cargo xtask test` sees to it")
}
