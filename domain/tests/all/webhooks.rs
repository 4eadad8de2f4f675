//! Results that go to a webhook, which answers as it likes.

use std::sync::{Arc, Mutex};

use api::pipeline::DeadLetterView;
use domain::{Actor, events, pipelines};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_util::task::AbortOnDropHandle;

use crate::{
    pipelines::{happens, hit, id, pipeline, stop, ten_o_clock, work},
    test_domain::{TestDomain, may, until},
};

/// Who is called: answers with the next status of its script, and with the last one from then on.
struct Webhook {
    url: String,
    heard: Arc<Mutex<Vec<Call>>>,
    _server: AbortOnDropHandle<()>,
}

/// What a webhook was told.
#[derive(Clone, Debug, PartialEq)]
struct Call {
    key: String,
    body: serde_json::Value,
}

impl Webhook {
    async fn answering(script: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("has one"));
        let heard = Arc::<Mutex<Vec<Call>>>::default();
        let calls = Arc::clone(&heard);
        let server = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.expect("accepts");
                let call_number = calls.lock().expect("no panic").len();
                let status = script[call_number.min(script.len() - 1)];
                let call = answer(BufReader::new(socket), status).await;
                calls.lock().expect("no panic").push(call);
            }
        });
        Self { url, heard, _server: AbortOnDropHandle::new(server) }
    }

    fn heard(&self) -> Vec<Call> {
        self.heard.lock().expect("no panic").clone()
    }
}

/// Reads one request, answers it and hangs up.
async fn answer(mut socket: BufReader<TcpStream>, status: u16) -> Call {
    let (mut key, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        socket.read_line(&mut line).await.expect("reads");
        match line.trim_end().split_once(": ") {
            Some(("idempotency-key", text)) => key = text.to_owned(),
            Some(("content-length", text)) => length = text.parse().expect("a number"),
            _ if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    socket.read_exact(&mut body).await.expect("reads");
    let reply = format!("HTTP/1.1 {status} As told\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    socket.write_all(reply.as_bytes()).await.expect("writes");
    socket.shutdown().await.expect("hangs up");
    Call { key, body: serde_json::from_slice(&body).expect("is JSON") }
}

/// Each hit's damage goes to the webhook.
async fn test_of(webhook: &Webhook, retries: u32) -> TestDomain {
    let sinks = format!(r#"[{{"webhook": {{"url": "{}", "retries": {retries}}}}}]"#, webhook.url);
    TestDomain::with_pipelines(pipeline(r#"[{"map": "{damage: .data.damage}"}]"#, &sinks)).await
}

/// A rogue hits for so much, one blow after the other.
async fn hits(test: &TestDomain, damage: &[u32]) {
    for damage in damage {
        happens(&test.store, &hit("rogue", *damage), ten_o_clock()).await;
    }
    events::relay_all(&test.domain).await.expect("relays");
}

async fn dead_letters(test: &TestDomain, by: &Actor) -> Vec<DeadLetterView> {
    pipelines::list_dead_letters(&test.domain, &may(by), id(), None).await.expect("lists").items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_ill_for_a_while_is_asked_again_under_the_same_key() {
    let webhook = Webhook::answering(&[503, 429, 200]).await;
    let test = test_of(&webhook, 5).await;
    let owner = test.owner().await;
    let workers = work(&test.domain).await;
    hits(&test, &[7, 8]).await;
    until("both are taken", async || webhook.heard().len() == 4).await;
    let calls = webhook.heard();
    assert_eq!(calls[0].body, serde_json::json!({"damage": 7}), "in the events' order");
    assert!(calls[1] == calls[0] && calls[2] == calls[0], "the same call each time: {calls:?}");
    assert_eq!(calls[3].body, serde_json::json!({"damage": 8}));
    assert_ne!(calls[3].key, calls[0].key);
    let letters = dead_letters(&test, &owner).await;
    assert!(letters.is_empty(), "{letters:?}");
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_webhook_refuses_for_good_is_kept_and_holds_nothing_up() {
    let webhook = Webhook::answering(&[422, 200]).await;
    let test = test_of(&webhook, 5).await;
    let owner = test.owner().await;
    let workers = work(&test.domain).await;
    hits(&test, &[7, 8]).await;
    until("the second is taken", async || webhook.heard().len() == 2).await;
    until("the first is kept", async || dead_letters(&test, &owner).await.len() == 1).await;
    let letter = dead_letters(&test, &owner).await.remove(0);
    assert_eq!((letter.step.as_str(), &letter.data["damage"]), ("webhook", &serde_json::json!(7)));
    assert!(letter.reason.contains("422"), "{}", letter.reason);
    stop(workers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_stays_ill_is_given_up_after_its_retries() {
    let webhook = Webhook::answering(&[500]).await;
    let test = test_of(&webhook, 1).await;
    let owner = test.owner().await;
    let workers = work(&test.domain).await;
    hits(&test, &[7]).await;
    until("it is kept", async || dead_letters(&test, &owner).await.len() == 1).await;
    assert_eq!(webhook.heard().len(), 2, "once, and once again");
    stop(workers).await;
}
