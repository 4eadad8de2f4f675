//! The drivers, each against the real thing. `cargo xtask test` starts Redis and PostgreSQL for them.

/// Runs each story against each driver, in a module of the driver's name.
macro_rules! for_each_driver {
    ({ $($driver:ident: $make:expr),+ $(,)? } $($story:ident),+ $(,)?) => {
        for_each_driver! { @modules [$($driver: $make),+] [$($story),+] }
    };
    (@modules [$($driver:ident: $make:expr),+] $stories:tt) => {
        $(for_each_driver! { @module $driver, $make, $stories })+
    };
    (@module $driver:ident, $make:expr, [$($story:ident),+]) => {
        mod $driver {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")] async fn $story() { super::$story($make).await; })+
        }
    };
}

mod blobs;
mod bus;
mod cache;
mod https;
mod jobs;
mod limits;
mod mail;
mod mail_server;
mod pipelines;
mod s3;
mod session_stories;
mod sessions;
mod streams;
mod swap;

/// The address of a server that `cargo xtask test` starts. Without it the test fails: a test that skips itself proves
/// nothing.
fn server_url(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set; run `cargo xtask test`, which starts the servers that tests need")
    })
}

/// Redis Cluster, through all of its nodes.
fn cluster() -> infra::RedisAddress {
    infra::RedisAddress::cluster(server_url("REALMKEEP_TEST_REDIS_CLUSTER_URLS").split(','))
}
