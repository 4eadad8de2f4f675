//! Every error is `application/problem+json` and names its request.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::test_server::{PATIENCE, TestServer};

async fn problem(request: RequestBuilder) -> (StatusCode, Value) {
    let reply = request.send().await.expect("answers");
    let status = reply.status();
    assert_eq!(reply.headers()["content-type"], "application/problem+json", "{status}");
    let request_id = reply.headers()["x-request-id"].to_str().expect("text").to_owned();
    let body: Value = reply.json().await.expect("JSON");
    assert_eq!(body["status"], status.as_u16());
    assert_eq!(body["request_id"], request_id.as_str());
    (status, body)
}

fn json(server: &TestServer, path: &str, text: &str) -> RequestBuilder {
    server.client.post(server.url(path)).header("content-type", "application/json").body(text.to_owned())
}

#[tokio::test]
async fn bad_requests_of_every_kind_are_problems() {
    let server = TestServer::start().await;
    let login = "/api/v1/auth/login";

    let (status, _) = problem(server.get("/api/v1/nothing/here")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = problem(server.client.request(Method::DELETE, server.url(login))).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let (status, _) = problem(server.client.post(server.url(login)).body("{}")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, body) = problem(json(&server, login, "{\"email\": ")).await;
    assert_eq!((status, &body["type"]), (StatusCode::UNPROCESSABLE_ENTITY, &"invalid_request".into()));
    let (status, _) = problem(server.get("/api/v1/auth/me")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, _) = problem(server.get("/api/v1/auth/me").bearer_auth("not.a.token")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, body) =
        problem(server.get("/api/v1/worlds/not-a-uuid").bearer_auth(server.owner().await)).await;
    assert_eq!((status, body["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("id")));
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_before_it_is_sent() {
    let server = TestServer::start().await;
    let address = server.origin.trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: 2000000\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).await.expect("is sent");
    let mut answer = String::new();
    let read = connection.read_to_string(&mut answer);
    timeout(PATIENCE, read).await.expect("ends").expect("is text");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let server = TestServer::start().await;
    let login = "/api/v1/auth/login";
    let (status, body) = problem(json(&server, login, r#"{"email": 5, "password": "x"}"#)).await;
    assert_eq!(
        (status, body["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("email"))
    );
    let (_, body) = problem(json(&server, login, r#"{"email": "a@b.c", "pasword": "x"}"#)).await;
    assert_eq!(body["errors"][0]["field"], "pasword");
    let register = r#"{"email": "a@example.org", "password": "short", "display_name": "A"}"#;
    let (status, body) = problem(json(&server, "/api/v1/auth/register", register)).await;
    assert_eq!(
        (status, body["errors"][0]["field"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("password"))
    );
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_came_with() {
    let server = TestServer::start().await;
    let id = "0192f0c1-2345-7abc-8def-0123456789ab";
    let reply = server.get("/api/v1/auth/me").header("x-request-id", id).send().await.expect("answers");
    assert_eq!(reply.headers()["x-request-id"], id);
    let reply =
        server.get("/api/v1/auth/me").header("x-request-id", "<script>").send().await.expect("answers");
    let given =
        reply.headers()["x-request-id"].to_str().expect("text").parse::<uuid::Uuid>().expect("a UUID");
    assert_eq!(given.get_version_num(), 7);
}

#[tokio::test]
async fn another_sites_page_can_change_nothing() {
    let server = TestServer::start().await;
    let body = serde_json::json!({"email": "a@example.org", "password": "x"});
    let forged = server.post("/api/v1/auth/login", &body).header("origin", "https://evil.example");
    let (status, _) = problem(forged).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let forged = server.post("/api/v1/auth/login", &body).header("sec-fetch-site", "cross-site");
    let (status, _) = problem(forged).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
