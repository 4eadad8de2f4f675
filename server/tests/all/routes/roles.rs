//! `/api/v1/roles`, `/api/v1/users/{id}/grants` and `/api/v1/users/{id}/impersonation`

use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};

use super::pages::session_cookie;
use crate::test_server::TestServer;

/// The server's owner, and a player of hers.
struct Court {
    server: TestServer,
    owner: String,
    mira: String,
    mira_id: String,
}

impl Court {
    async fn open() -> Self {
        let server = TestServer::start().await;
        let (owner, mira) = (server.owner().await, server.player("Mira").await);
        let me: Value = json_of(server.get("/api/v1/auth/me").bearer_auth(&mira).send().await).await;
        let mira_id = me["id"].as_str().expect("an id").to_owned();
        Self { server, owner, mira, mira_id }
    }

    async fn post(&self, path: &str, body: &Value) -> Response {
        self.server.post(path, body).bearer_auth(&self.owner).send().await.expect("answers")
    }

    async fn read(&self, path: &str, token: &str) -> Response {
        self.server.get(path).bearer_auth(token).send().await.expect("answers")
    }

    async fn role(&self, name: &str, permissions: &[&str]) -> String {
        let body = json!({"name": name, "description": "", "permissions": permissions, "reason": "a test"});
        let made = self.post("/api/v1/roles", &body).await;
        assert_eq!(made.status(), StatusCode::CREATED);
        json_of(Ok(made)).await["id"].as_str().expect("an id").to_owned()
    }
}

async fn json_of(reply: reqwest::Result<Response>) -> Value {
    reply.expect("answers").json().await.expect("JSON")
}

#[tokio::test]
async fn a_role_is_made_given_changed_taken_and_removed() {
    let court = Court::open().await;
    let role = court.role("Watcher", &["view_jobs"]).await;
    let grants = format!("/api/v1/users/{}/grants", court.mira_id);
    let given = court.post(&grants, &json!({"role_id": role, "reason": "a test"})).await;
    assert_eq!(given.status(), StatusCode::CREATED);
    let given = json_of(Ok(given)).await;
    assert_eq!(court.read("/api/v1/jobs", &court.mira).await.status(), StatusCode::OK);

    let path = format!("/api/v1/roles/{role}");
    let body = json!({"name": "Watcher", "description": "Sees how the server is", "permissions": ["view_health"],
        "reason": "a test"});
    let changed = court.server.client.put(court.server.url(&path)).json(&body).bearer_auth(&court.owner);
    assert_eq!(changed.send().await.expect("answers").status(), StatusCode::OK);
    assert_eq!(court.read("/api/v1/jobs", &court.mira).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(court.read("/api/v1/health", &court.mira).await.status(), StatusCode::OK);

    let remove = async |reason: &str| {
        let url = court.server.url(&format!("{path}{reason}"));
        court.server.client.delete(url).bearer_auth(&court.owner).send().await.expect("answers").status()
    };
    assert_eq!(remove("?reason=a%20test").await, StatusCode::CONFLICT, "somebody has it");
    let take = format!("{grants}/{}/take", given["id"].as_str().expect("an id"));
    assert_eq!(court.post(&take, &json!({"reason": "a test"})).await.status(), StatusCode::OK);
    assert_eq!(remove("").await, StatusCode::UNPROCESSABLE_ENTITY, "why?");
    assert_eq!(remove("?reason=a%20test").await, StatusCode::NO_CONTENT);
    assert_eq!(court.read(&path, &court.owner).await.status(), StatusCode::NOT_FOUND);
    let audit = json_of(Ok(court.read("/api/v1/audit?action=role", &court.owner).await)).await;
    let actions: Vec<_> = audit["items"].as_array().expect("a list").iter().map(|e| &e["action"]).collect();
    assert_eq!(actions, ["role.remove", "role.change", "role.create"]);
}

#[tokio::test]
async fn a_grant_for_a_region_opens_the_ways_that_act_there() {
    let court = Court::open().await;
    let role = court.role("Grower", &["run_jobs", "observe_game"]).await;
    let worlds = json_of(Ok(court.read("/api/v1/worlds", &court.owner).await)).await;
    let world = &worlds["items"][0]["id"];
    let place = json!({"world_id": world, "region": {"x": 5, "z": 5}});
    let body = json!({"role_id": role, "place": place, "reason": "a test"});
    let given = court.post(&format!("/api/v1/users/{}/grants", court.mira_id), &body).await;
    assert_eq!(given.status(), StatusCode::CREATED);
    let start = async |x: i32| {
        let body = json!({"kind": "pregenerate_region", "world_id": world, "region": {"x": x, "z": 5}});
        let sent = court.server.post("/api/v1/jobs", &body).bearer_auth(&court.mira).send().await;
        sent.expect("answers").status()
    };
    assert_eq!(start(5).await, StatusCode::ACCEPTED);
    assert_eq!(start(6).await, StatusCode::FORBIDDEN);
    let entities = court.read("/api/v1/ecs/entities", &court.mira).await.status();
    assert_eq!(entities, StatusCode::FORBIDDEN, "the live region is another one");
    let me = json_of(Ok(court.read("/api/v1/auth/me", &court.mira).await)).await;
    assert_eq!(me["local_permissions"][0]["place"], place);
}

#[tokio::test]
async fn a_look_on_the_dashboard_leads_back_to_oneself_and_changes_nothing_even_when_it_is_over() {
    let court = Court::open().await;
    let own = session_cookie(&court.server).await;
    let send = async |function: &str, form: String, cookies: &str| {
        let sent = court.server.client.post(court.server.url(&format!("/api/ui/{function}")));
        let sent = sent.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let sent = sent.header(header::ORIGIN, &court.server.origin).header(header::COOKIE, cookies);
        sent.body(form).send().await.expect("answers")
    };
    let viewer = async |cookies: &str| {
        let asked = court.server.get("/api/ui/session/viewer").header(header::COOKIE, cookies);
        let reply = asked.send().await.expect("answers");
        let taken_back = cookie_of(&reply).is_some_and(|set| set.starts_with("realmkeep_look=;"));
        (json_of(Ok(reply)).await["account"].clone(), taken_back)
    };
    let form = format!("user={}&minutes=5&reason=a+ticket+of+theirs", court.mira_id);
    let begun = send("users/impersonate", form, &own).await;
    assert_eq!(begun.status(), StatusCode::OK);
    let set = cookie_of(&begun).expect("a cookie");
    assert!(set.starts_with("realmkeep_look=") && set.contains("Max-Age=300; HttpOnly"), "{set}");
    let both = format!("{own}; {}", set.split(';').next().expect("a cookie"));

    let (seen, _) = viewer(&both).await;
    assert_eq!(
        (&seen["id"], &seen["impersonated_by"]["display_name"]),
        (&json!(court.mira_id), &json!("Owner"))
    );
    let change = async || send("account/end-other-sessions", String::new(), &both).await.status();
    assert_eq!(change().await, StatusCode::FORBIDDEN);

    let ended = send("session/end-impersonation", String::new(), &both).await;
    assert_eq!(ended.status(), StatusCode::OK);
    assert_eq!(ended.headers()[header::LOCATION], format!("/users/{}", court.mira_id).as_str());
    assert!(cookie_of(&ended).expect("is taken back").starts_with("realmkeep_look=;"));
    assert_eq!(change().await, StatusCode::FORBIDDEN, "what still shows the look was not meant as oneself");
    let (seen, taken_back) = viewer(&both).await;
    assert_eq!((&seen["role"], &seen["impersonated_by"]), (&json!("owner"), &Value::Null));
    assert!(taken_back);
    assert_eq!(send("account/end-other-sessions", String::new(), &own).await.status(), StatusCode::OK);
}

fn cookie_of(reply: &Response) -> Option<String> {
    let set = reply.headers().get(header::SET_COOKIE)?;
    Some(set.to_str().expect("text").to_owned())
}

#[tokio::test]
async fn whoever_looks_through_anothers_eyes_changes_nothing() {
    let court = Court::open().await;
    let path = format!("/api/v1/users/{}/impersonation", court.mira_id);
    let unexplained = court.post(&path, &json!({"minutes": 5})).await;
    assert_eq!(unexplained.status(), StatusCode::UNPROCESSABLE_ENTITY, "why?");
    let begun = court.post(&path, &json!({"minutes": 5, "reason": "a ticket of theirs"})).await;
    assert_eq!(begun.status(), StatusCode::CREATED);
    let begun = json_of(Ok(begun)).await;
    let eyes = begun["access_token"].as_str().expect("a token");
    let me = json_of(Ok(court.read("/api/v1/auth/me", eyes).await)).await;
    assert_eq!(
        (&me["id"], me["impersonated_by"]["display_name"].as_str()),
        (&json!(court.mira_id), Some("Owner"))
    );
    assert_eq!(court.read("/api/v1/characters", eyes).await.status(), StatusCode::OK);

    let body = json!({"name": "Eve", "race": "human"});
    for (way, body) in [
        ("/api/v1/characters", body),
        ("/api/v1/game/tickets", json!({"character_id": court.mira_id})),
        ("/api/v1/auth/password", json!({"current_password": "x", "new_password": "y"})),
        ("/api/v1/auth/totp", Value::Null),
    ] {
        let refused = court.server.post(way, &body).bearer_auth(eyes).send().await.expect("answers");
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{way}");
        let problem: Value = refused.json().await.expect("JSON");
        assert!(problem["detail"].as_str().is_some_and(|text| text.contains("somebody else")), "{problem}");
    }
    let sessions = court.server.client.delete(court.server.url("/api/v1/auth/sessions")).bearer_auth(eyes);
    assert_eq!(sessions.send().await.expect("answers").status(), StatusCode::FORBIDDEN);
    let still = court.read("/api/v1/auth/me", &court.mira).await.status();
    assert_eq!(still, StatusCode::OK, "the player was not disturbed");

    let end = court.server.post("/api/v1/auth/impersonation/end", &Value::Null).bearer_auth(eyes);
    assert_eq!(end.send().await.expect("answers").status(), StatusCode::NO_CONTENT);
    assert_eq!(court.read("/api/v1/auth/me", eyes).await.status(), StatusCode::UNAUTHORIZED);
}
