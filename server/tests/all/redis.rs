//! A Redis of a test's own, to be stopped and started again.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    net::TcpStream,
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

    async fn answers(&self) {
        let up = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, up).await.expect("Redis starts");
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
