//! The dashboard's pages, as a browser asks for them.

use reqwest::{StatusCode, header, redirect::Policy};

use crate::test_server::{OWNER_EMAIL, OWNER_PASSWORD, Setup, TestServer};

/// Signs the owner in as the dashboard's form does; the cookie to send back.
pub(crate) async fn session_cookie(server: &TestServer) -> String {
    session_cookie_of(server, OWNER_EMAIL, OWNER_PASSWORD).await
}

/// Signs anyone in as the dashboard's form does; the cookie to send back.
pub(crate) async fn session_cookie_of(server: &TestServer, email: &str, password: &str) -> String {
    let set = sign_in_as(server, &server.origin, email, password).await;
    set.split(';').next().expect("a cookie").to_owned()
}

async fn sign_in(server: &TestServer, origin: &str) -> String {
    sign_in_as(server, origin, OWNER_EMAIL, OWNER_PASSWORD).await
}

async fn sign_in_as(server: &TestServer, origin: &str, email: &str, password: &str) -> String {
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
    let reply = browser
        .post(server.url("/api/ui/session/sign-in"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, origin)
        .body(format!("email={email}&password={}", password.replace(' ', "+")))
        .send()
        .await
        .expect("answers");
    let status = reply.status();
    let cookie =
        reply.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    cookie.unwrap_or_else(|| panic!("no cookie, {status}"))
}

#[tokio::test]
async fn a_session_cookie_is_kept_from_scripts_and_other_sites() {
    let server = TestServer::start().await;
    let cookie = sign_in(&server, &server.origin).await;
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "over plain HTTP a browser would drop it: {cookie}");
    let public_url = "https://play.example.org";
    let behind_tls = Setup::new().with("REALMKEEP_HTTP__PUBLIC_URL", public_url).start().await;
    let cookie = sign_in(&behind_tls, public_url).await;
    assert!(cookie.contains("Secure"), "{cookie}");
    let page = behind_tls.get("/sign-in").send().await.expect("answers");
    assert!(page.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
    let page = server.get("/sign-in").send().await.expect("answers");
    assert!(
        !page.headers().contains_key(header::STRICT_TRANSPORT_SECURITY),
        "a browser would never come back"
    );
}

#[tokio::test]
async fn a_page_carries_its_policy_and_runs_nothing_else() {
    let server = TestServer::start().await;
    let page = server.get("/sign-in").header(header::ACCEPT, "text/html").send().await.expect("answers");
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("'nonce-"), "{policy}");
    let script_policy = policy.split("; ").find(|part| part.starts_with("script-src")).expect("for scripts");
    assert!(
        !script_policy.contains("'unsafe-inline'") && !script_policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let nonce =
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
    let page = page.text().await.expect("text");
    let scripts = page.matches("<script").count();
    let allowed = page.matches(&format!("nonce=\"{nonce}\"")).count();
    assert!(scripts > 0 && allowed >= scripts, "{scripts} scripts, {allowed} with the nonce");
}

#[tokio::test]
async fn a_page_that_does_not_exist_is_a_404() {
    let server = TestServer::start().await;
    let page = server.get("/no/such/page").header(header::ACCEPT, "text/html").send().await.expect("answers");
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_signed_in_owner_sees_the_overview() {
    let server = TestServer::start().await;
    let cookie = session_cookie(&server).await;
    let page = server.get("/").header(header::COOKIE, cookie).send().await.expect("answers");
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("text");
    assert!(page.contains("Overview"), "{page}");
}

#[tokio::test]
async fn a_form_that_was_sent_without_script_leads_to_a_page_that_says_that_it_is_done() {
    let server = TestServer::start().await;
    let sent = server.client.post(server.url("/api/ui/session/forget-password"));
    let sent = sent.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let sent = sent.header(header::ACCEPT, "text/html").header(header::ORIGIN, &server.origin);
    let reply = sent.body("email=nobody%40example.org").send().await.expect("answers");
    assert_eq!((reply.status(), reply.url().path()), (StatusCode::OK, "/forgot-password"));
    let page = reply.text().await.expect("text");
    assert!(page.contains("Look into your mailbox") && !page.contains("<form"), "{page}");
    for (way, told) in
        [("reset-password", "The password is changed"), ("verify-email", "The address is verified")]
    {
        let page =
            server.get(&format!("/{way}?done=")).send().await.expect("answers").text().await.expect("text");
        assert!(page.contains(told) && !page.contains("<form"), "{page}");
    }
}

#[tokio::test]
async fn the_pages_script_is_sent_as_it_was_built_and_never_compressed_while_someone_waits() {
    let site = tempfile::tempdir().expect("a folder");
    let packages = site.path().join("pkg");
    std::fs::create_dir(&packages).expect("writes");
    std::fs::write(packages.join("plain.wasm"), [0; 9000]).expect("writes");
    std::fs::write(packages.join("plain.css"), " ".repeat(9000)).expect("writes");
    std::fs::write(packages.join("shipped.wasm"), [0; 9000]).expect("writes");
    std::fs::write(packages.join("shipped.wasm.gz"), b"made by the build").expect("writes");
    let site = site.path().to_string_lossy();
    let server = Setup::new().with("LEPTOS_SITE_ROOT", &site).start().await;
    let mut sent = Vec::new();
    for file in ["plain.wasm", "plain.css", "shipped.wasm"] {
        let asked = server.get(&format!("/pkg/{file}")).header(header::ACCEPT_ENCODING, "gzip");
        let reply = asked.send().await.expect("answers");
        let encoding = reply.headers().get(header::CONTENT_ENCODING).cloned();
        sent.push((encoding.is_some(), reply.bytes().await.expect("a body").len()));
    }
    assert_eq!(sent[0], (false, 9000));
    assert!(sent[1].0 && sent[1].1 < 900, "styles shrink on the way: {sent:?}");
    assert_eq!(sent[2], (true, "made by the build".len()));
}
