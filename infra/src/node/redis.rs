//! What the Redis drivers share: one way to reach a server or a cluster, one time limit, one prefix of keys.
//!
//! A key's part in braces decides its place in a cluster; keys that one command or script touches share it.

use std::{fmt, time::Duration};

use redis::{
    Client, Cmd, ErrorKind, FromRedisValue, Pipeline, RedisError, RedisFuture, RedisResult, ScriptInvocation,
    Value,
    aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig},
    cluster::ClusterClient,
    cluster_async::ClusterConnection,
};
use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};
use tokio::time::timeout;

use super::{NodeError, SecretRef};

/// How long any single exchange with the server may take.
pub(crate) const ANSWER_LIMIT: Duration = Duration::from_secs(2);
const RECONNECT_PAUSE_MAX: Duration = Duration::from_secs(2);
/// Keeps our keys and channels apart in a Redis that others use too.
pub(crate) const PREFIX: &str = "realmkeep:";

/// Where Redis is.
#[derive(Clone, Debug)]
pub struct RedisAddress {
    urls: Vec<SecretString>,
    is_cluster: bool,
}

impl RedisAddress {
    /// One server: `redis://[user:password@]host:port/[db]`.
    #[must_use]
    pub fn server(url: &str) -> Self {
        Self { urls: vec![url.to_owned().into()], is_cluster: false }
    }

    /// A cluster, found through some of its nodes.
    #[must_use]
    pub fn cluster<'a>(urls: impl IntoIterator<Item = &'a str>) -> Self {
        Self { urls: urls.into_iter().map(|url| url.to_owned().into()).collect(), is_cluster: true }
    }

    /// Whether it is a cluster.
    #[must_use]
    pub const fn is_cluster(&self) -> bool {
        self.is_cluster
    }

    /// The addresses themselves, with what is secret in them.
    pub(crate) fn urls(&self) -> impl Iterator<Item = &str> {
        self.urls.iter().map(SecretString::expose_secret)
    }

    /// For messages to people: hosts, ports and databases.
    pub(crate) fn place(&self) -> String {
        let hosts: Vec<String> = self.urls().map(host).collect();
        let kind = if self.is_cluster { "Redis Cluster" } else { "Redis" };
        format!("{kind} at {}", hosts.join(", "))
    }

    pub(crate) fn invalid(&self, error: &RedisError) -> NodeError {
        let shown: Vec<String> = self.urls().map(without_password).collect();
        NodeError::InvalidAddress { address: shown.join(", "), reason: error.to_string() }
    }
}

/// How a node's metadata says where Redis is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedisConfig {
    /// The server, or some nodes of a cluster.
    #[serde(deserialize_with = "at_least_one")]
    #[schemars(length(min = 1, max = 16))]
    pub servers: Vec<ServerAddress>,
    /// Whether they are nodes of a Redis Cluster.
    #[serde(default)]
    pub cluster: bool,
    /// Whom to sign in as.
    #[serde(default)]
    pub user: Option<String>,
    /// Where the password is.
    #[serde(default)]
    pub password: Option<SecretRef>,
}

/// A server's address.
#[derive(Clone, Debug, JsonSchema)]
#[serde(untagged)]
pub enum ServerAddress {
    /// `redis://host:port/database`, without a login.
    Plain(
        #[schemars(extend("pattern" = "^redis://[^@]+$"))]
        String,
    ),
    /// Where the address is, with a login in it.
    Secret(SecretRef),
}

impl<'de> Deserialize<'de> for ServerAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refuse = serde::de::Error::custom::<&str>;
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(url) if url.contains('@') => {
                Err(refuse("expected an address without a login: name `user` and `password` beside it"))
            }
            serde_json::Value::String(url) if Client::open(url.as_str()).is_ok() => Ok(Self::Plain(url)),
            value @ serde_json::Value::Object(_) => {
                serde_json::from_value(value).map(Self::Secret).map_err(serde::de::Error::custom)
            }
            _ => Err(refuse(
                "expected redis://host:port/database, or where that is: {\"env\": …}, {\"file\": …}",
            )),
        }
    }
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ServerAddress>, D::Error> {
    let servers = Vec::deserialize(deserializer)?;
    if servers.is_empty() {
        return Err(serde::de::Error::invalid_length(0, &"at least one server"));
    }
    Ok(servers)
}

impl RedisConfig {
    /// The address, with the secrets that it refers to.
    ///
    /// # Errors
    /// A secret is not where it should be.
    pub fn address(&self) -> Result<RedisAddress, NodeError> {
        let password = self.password.as_ref().map(SecretRef::resolve).transpose()?;
        let login = match (&self.user, &password) {
            (None, None) => String::new(),
            (user, password) => {
                let password = password.as_ref().map_or("", |password| password.expose_secret());
                format!("{}:{}@", escaped(user.as_deref().unwrap_or_default()), escaped(password))
            }
        };
        let url = |server: &ServerAddress| match server {
            ServerAddress::Plain(url) => Ok(url.replacen("://", &format!("://{login}"), 1).into()),
            ServerAddress::Secret(secret) => secret.resolve(),
        };
        let urls = self.servers.iter().map(url).collect::<Result<_, _>>()?;
        Ok(RedisAddress { urls, is_cluster: self.cluster })
    }
}

/// What a URL's login may hold as it is; all else by its bytes.
pub(crate) fn escaped(text: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(escape).collect()
}

/// A connection that many share, and that is made anew by itself.
#[derive(Clone)]
pub(crate) struct RedisLink {
    place: String,
    connection: Connection,
}

#[derive(Clone)]
enum Connection {
    Server(ConnectionManager),
    Cluster(ClusterConnection),
}

impl RedisLink {
    pub(crate) async fn connect(address: &RedisAddress) -> Result<Self, NodeError> {
        let place = address.place();
        let connection = if address.is_cluster {
            let client = ClusterClient::builder(address.urls())
                .connection_timeout(ANSWER_LIMIT)
                .response_timeout(ANSWER_LIMIT)
                .retries(2)
                .build()
                .map_err(|error| address.invalid(&error))?;
            Connection::Cluster(within(&place, ANSWER_LIMIT * 2, client.get_async_connection()).await?)
        } else {
            let url = address.urls().next().unwrap_or_default();
            let client = Client::open(url).map_err(|error| address.invalid(&error))?;
            let settings = manager_settings();
            let made = client.get_connection_manager_with_config(settings);
            Connection::Server(within(&place, ANSWER_LIMIT * 2, made).await?)
        };
        Ok(Self { place, connection })
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    pub(crate) async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, NodeError> {
        let mut connection = self.connection.clone();
        within(&self.place, ANSWER_LIMIT, command.query_async(&mut connection)).await
    }

    /// Runs commands whose keys lie together.
    pub(crate) async fn run_all<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, NodeError> {
        let mut connection = self.connection.clone();
        within(&self.place, ANSWER_LIMIT, commands.query_async(&mut connection)).await
    }

    pub(crate) async fn call<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, NodeError> {
        let mut connection = self.connection.clone();
        within(&self.place, ANSWER_LIMIT, script.invoke_async(&mut connection)).await
    }

    pub(crate) async fn probe(&self) -> Result<(), NodeError> {
        self.run(&redis::cmd("PING")).await
    }
}

impl fmt::Debug for RedisLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLink").field("place", &self.place).finish_non_exhaustive()
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Server(connection) => connection.req_packed_command(command),
            Self::Cluster(connection) => connection.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Server(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Server(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}

pub(crate) fn manager_settings() -> ConnectionManagerConfig {
    ConnectionManagerConfig::new()
        .set_connection_timeout(Some(ANSWER_LIMIT))
        .set_response_timeout(Some(ANSWER_LIMIT))
        .set_number_of_retries(1)
        .set_max_delay(RECONNECT_PAUSE_MAX)
}

/// Bounds an exchange with Redis and names the place in its failure.
pub(crate) async fn within<T>(
    place: &str,
    limit: Duration,
    exchange: impl Future<Output = RedisResult<T>>,
) -> Result<T, NodeError> {
    match timeout(limit, exchange).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if error.is_timeout() => Err(timed_out(place, limit)),
        Ok(Err(error)) => {
            let (place, reason) = (place.to_owned(), error.to_string());
            // A server that answers with a refusal is there; everything else is a matter of reaching it.
            match error.kind() {
                ErrorKind::Server(_) | ErrorKind::UnexpectedReturnType | ErrorKind::Extension => {
                    Err(NodeError::Failed { place, reason })
                }
                _ => Err(NodeError::Unreachable { place, reason }),
            }
        }
        Err(_) => Err(timed_out(place, limit)),
    }
}

pub(crate) fn timed_out(place: &str, limit: Duration) -> NodeError {
    let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    NodeError::TimedOut { place: place.to_owned(), limit_ms }
}

fn host(url: &str) -> String {
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let behind_login = behind_scheme.rsplit_once('@').map_or(behind_scheme, |(_, rest)| rest);
    // Database 0 is what everybody means who names none.
    behind_login.strip_suffix("/0").unwrap_or(behind_login).trim_end_matches('/').to_owned()
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, host, without_password};

    #[test]
    fn a_password_may_hold_anything() {
        assert_eq!(escaped("p@ss:/w0rd"), "p%40ss%3A%2Fw0rd");
    }

    #[test]
    fn an_address_in_an_error_carries_no_password() {
        assert_eq!(without_password("redis://keeper:hunter2@cache:6379/0"), "redis://…@cache:6379/0");
        assert_eq!(without_password("redis://cache:6379"), "redis://cache:6379");
        assert_eq!(host("redis://keeper:hunter2@cache:6379/0"), "cache:6379");
        assert_eq!(host("redis://cache:6379/3"), "cache:6379/3", "another database is another place");
    }
}
