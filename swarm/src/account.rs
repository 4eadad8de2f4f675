//! The way of a bot to a ticket: account, sign-in, character.

use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::{Client, Method, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest time to come back after `429 Too Many Requests`.
const RETRY_WAIT_S_MAX: u64 = 60;
/// Attempts before a bot gives up a request that is refused for being one too many.
const ATTEMPTS_MAX: u32 = 20;

/// Signs bots in.
pub(crate) struct Lobby {
    client: Client,
    server: String,
    email_prefix: String,
    password: String,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
}

#[derive(Deserialize)]
struct Characters {
    items: Vec<Character>,
}

#[derive(Deserialize)]
struct Character {
    id: String,
}

#[derive(Deserialize)]
struct Ticket {
    ticket: String,
}

impl Lobby {
    pub(crate) fn new(server: &str, email_prefix: String, password: String) -> anyhow::Result<Self> {
        let server = server.trim_end_matches('/').to_owned();
        if !server.starts_with("http://") {
            bail!("--server {server}: an address that begins with http:// is needed");
        }
        let client = Client::builder().timeout(Duration::from_secs(60)).build()?;
        Ok(Self { client, server, email_prefix, password })
    }

    /// The address of the players' socket.
    pub(crate) fn socket_url(&self) -> String {
        format!("{}{}", self.server.replacen("http://", "ws://", 1), protocol::SOCKET_PATH)
    }

    /// Makes sure of the account and the character of bot `number`, and gives a ticket.
    pub(crate) async fn ticket(&self, number: u32) -> anyhow::Result<String> {
        let email = format!("{}{number}@swarm.example", self.email_prefix);
        let account = json!({
            "email": email,
            "password": self.password,
            "display_name": format!("Bot {number}"),
        });
        let (status, answer) = self.call(Method::POST, "auth/register", None, Some(&account)).await?;
        // An account of an earlier run is as good.
        if !status.is_success() && status != StatusCode::CONFLICT {
            return Err(refusal("auth/register", status, &answer));
        }
        let login = json!({ "email": email, "password": self.password });
        let tokens: Tokens = self.expect(Method::POST, "auth/login", None, Some(&login)).await?;
        let token = Some(tokens.access_token.as_str());
        let characters: Characters = self.expect(Method::GET, "characters", token, None).await?;
        let character = match characters.items.into_iter().next() {
            Some(character) => character,
            None => {
                let body = json!({ "name": self.character_name(number), "race": "human" });
                self.expect(Method::POST, "characters", token, Some(&body)).await?
            }
        };
        let body = json!({ "character_id": character.id });
        let ticket: Ticket = self.expect(Method::POST, "game/tickets", token, Some(&body)).await?;
        Ok(ticket.ticket)
    }

    /// Names are unique in a world and hold letters only: the prefix's and the number's hash, in letters.
    fn character_name(&self, number: u32) -> String {
        let mut hash = crate::walk::scramble(u64::from(number));
        for byte in self.email_prefix.bytes() {
            hash = crate::walk::scramble(hash ^ u64::from(byte));
        }
        let letters = (0..13).map(|digit| char::from(b'a' + (hash >> (5 * digit)) as u8 % 26));
        format!("Bot {}", letters.collect::<String>())
    }

    async fn expect<T: for<'a> Deserialize<'a>>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> anyhow::Result<T> {
        let (status, answer) = self.call(method, path, token, body).await?;
        if !status.is_success() {
            return Err(refusal(path, status, &answer));
        }
        serde_json::from_str(&answer).with_context(|| format!("{path} answered in another shape"))
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> anyhow::Result<(StatusCode, String)> {
        let url = format!("{}/api/v1/{path}", self.server);
        let mut attempt = 0;
        loop {
            let mut request = self.client.request(method.clone(), &url);
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            if let Some(body) = body {
                request = request.json(body);
            }
            let response = request.send().await.with_context(|| format!("{path} could not be reached"))?;
            let status = response.status();
            attempt += 1;
            if status == StatusCode::TOO_MANY_REQUESTS && attempt < ATTEMPTS_MAX {
                let wait_s =
                    response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
                let wait_s = wait_s.and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
                tokio::time::sleep(Duration::from_secs(RETRY_WAIT_S_MAX.min(wait_s))).await;
                continue;
            }
            return Ok((status, response.text().await?));
        }
    }
}

/// The problem's own words, or the status alone.
fn refusal(path: &str, status: StatusCode, answer: &str) -> anyhow::Error {
    let problem: Value = serde_json::from_str(answer).unwrap_or_default();
    let detail = problem["detail"].as_str().or(problem["title"].as_str()).unwrap_or_default();
    anyhow::anyhow!("{path} answered {status} {detail}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn characters_have_names_of_their_own_in_letters() {
        let lobby = |prefix: &str| Lobby::new("http://127.0.0.1:3000/", prefix.into(), String::new());
        let (first, second) = (lobby("a-").expect("an address"), lobby("b-").expect("an address"));
        let names: HashSet<_> = (0..2_000)
            .flat_map(|number| [first.character_name(number), second.character_name(number)])
            .collect();
        assert_eq!(names.len(), 4_000);
        assert!(
            names.iter().all(|name| name.len() <= 24 && name.chars().all(|c| c.is_alphabetic() || c == ' '))
        );
        assert_eq!(first.socket_url(), "ws://127.0.0.1:3000/ws/game");
        assert!(Lobby::new("127.0.0.1:3000", String::new(), String::new()).is_err());
    }
}
