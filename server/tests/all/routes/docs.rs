//! `/api/v1/openapi.json` and `/api/docs`

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::test_server::TestServer;

async fn description(server: &TestServer) -> Value {
    server.get("/api/v1/openapi.json").send().await.expect("answers").json().await.expect("JSON")
}

fn operations(description: &Value) -> Vec<(Method, String, &Value)> {
    let paths = description["paths"].as_object().expect("paths");
    let each = |(path, item)| {
        let item: &Value = item;
        let methods = item.as_object().expect("an object").iter();
        methods.filter_map(move |(method, operation)| {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).ok()?;
            operation.get("responses").is_some().then(|| (method, String::clone(path), operation))
        })
    };
    paths.iter().flat_map(each).collect()
}

#[tokio::test]
async fn every_operation_is_described_in_full() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    assert_eq!(description["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    for (method, path, operation) in operations(&description) {
        let name = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 5), "{name} has no summary");
        assert!(operation["tags"][0].is_string(), "{name} has no tag");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name} tells no success");
        let problem = &responses["default"]["content"]["application/problem+json"]["schema"];
        assert!(problem["$ref"].is_string(), "{name} does not tell how it fails");
    }
    let password = &description["components"]["schemas"]["RegisterRequest"]["properties"]["password"];
    assert_eq!(
        (&password["minLength"], &password["maxLength"]),
        (&12.into(), &128.into()),
        "constraints are told"
    );
    let told = &description["components"]["schemas"]["Permission"]["enum"];
    let names: Vec<_> = api::Permission::ALL.iter().map(|permission| permission.name()).collect();
    assert_eq!(told, &serde_json::json!(names), "permissions are told as they are written");
}

#[tokio::test]
async fn whatever_staff_change_asks_for_a_reason() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    let access = std::fs::read_to_string(crate::test_server::repository().join("docs/ACCESS.md"));
    let access = access.expect("is there");
    for (method, path, operation) in operations(&description) {
        let row = access.lines().find(|line| line.starts_with(&format!("| `{method} {path}` |")));
        let need = row.and_then(|row| row.split('|').nth(2)).unwrap_or_default().trim();
        // What designers draft and game masters order is theirs to do all day; what is published or given is not.
        let is_craft = ["`edit_recipes`", "`spawn_entities`", "`command_entities`"].contains(&need);
        if method == Method::GET || is_craft || ["anyone", "signed in", "`play_game`"].contains(&need) {
            continue;
        }
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let mut names = parameters.filter_map(|parameter| parameter["name"].as_str());
        let body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str();
        let body = body.and_then(|reference| description.pointer(reference.trim_start_matches('#')));
        let asks = names.any(|name| name.eq_ignore_ascii_case("x-reason") || name == "reason")
            || body.is_some_and(|body| body["properties"]["reason"].is_object());
        assert!(asks, "{method} {path} does not ask why");
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    fn follow(value: &Value, description: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    assert!(description.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
                }
                fields.values().for_each(|field| follow(field, description));
            }
            Value::Array(items) => items.iter().for_each(|item| follow(item, description)),
            _ => {}
        }
    }
    follow(&description, &description);
}

#[tokio::test]
async fn the_description_can_be_browsed_without_anyone_elses_help() {
    let server = TestServer::start().await;
    let page = server.get("/api/docs").send().await.expect("answers");
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("http"), "{policy}");
    let page = page.text().await.expect("text");
    let description = description(&server).await;
    for (_, path, _) in operations(&description) {
        assert!(page.contains(&format!("<code>{path}</code>")), "{path} is not on the page");
    }
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "nothing comes from elsewhere");
    assert_eq!(server.get("/api/docs/docs.css").send().await.expect("answers").status(), StatusCode::OK);
}

#[test]
fn the_program_prints_the_same_description_without_starting() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("openapi")
        .current_dir(crate::test_server::repository())
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let description: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(description["paths"]["/api/v1/auth/login"].is_object());
}
