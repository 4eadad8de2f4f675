//! `/api/v1/rules/…`

use reqwest::StatusCode;
use serde_json::Value;

use crate::test_server::TestServer;

#[tokio::test]
async fn a_player_looks_up_the_rules() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let get = async |path: &str| server.get(path).bearer_auth(&token).send().await.expect("answers");

    let found: Value = get("/api/v1/rules/spells?name=FIREB").await.json().await.expect("JSON");
    let items = found["items"].as_array().expect("items");
    let fireball = items.iter().find(|item| item["id"] == "srd:fireball").expect("the fireball");
    assert_eq!(fireball["summary"], "level 3, evocation");
    assert!(items.iter().all(|item| item["name"].to_string().contains("Fireb")), "{items:?}");

    let fireball: Value = get("/api/v1/rules/spells/srd:fireball").await.json().await.expect("JSON");
    assert_eq!(fireball["coverage"], "executable");
    assert!(fireball["text"].to_string().contains("8d6"), "the text tells the dice: {}", fireball["text"]);

    for kind in ["classes", "races", "spells", "monsters", "items", "conditions"] {
        let list: Value = get(&format!("/api/v1/rules/{kind}")).await.json().await.expect("JSON");
        let first = list["items"][0]["id"].as_str().expect("a record").to_owned();
        assert_eq!(get(&format!("/api/v1/rules/{kind}/{first}")).await.status(), StatusCode::OK);
    }
    assert_eq!(get("/api/v1/rules/spells/srd:no-such-spell").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/rules/monsters?cursor={cursor}");
        let list: Value =
            server.get(&path).bearer_auth(&token).send().await.expect("answers").json().await.expect("JSON");
        let items = list["items"].as_array().expect("items");
        ids.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
        match list["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert!(ids.len() > 300, "{} monsters", ids.len());
    assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
}

#[tokio::test]
async fn a_fight_is_weighed_and_what_is_unknown_is_refused_by_name() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let get = async |path: &str| server.get(path).bearer_auth(&token).send().await.expect("answers");

    let fight: Value =
        get("/api/v1/rules/encounter?party=3x4&monsters=srd:ogre*2").await.json().await.expect("JSON");
    assert_eq!((&fight["experience"], &fight["adjusted_experience"]), (&900.into(), &1_350.into()));
    assert_eq!((&fight["peril"], &fight["budget"]), (&"hard".into(), &"moderate".into()));
    assert_eq!((&fight["daily_budget"], &fight["award_each"]), (&4_800.into(), &225.into()));

    let refused = get("/api/v1/rules/encounter?party=3x4&monsters=srd:no-such-thing").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = refused.json().await.expect("a problem");
    assert!(problem.to_string().contains("no monster `srd:no-such-thing`"), "{problem}");
    assert_eq!(get("/api/v1/rules/encounter").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_of_the_rules_runs_is_told() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let groups: Value = server
        .get("/api/v1/rules/coverage")
        .bearer_auth(&token)
        .send()
        .await
        .expect("answers")
        .json()
        .await
        .expect("JSON");
    let spells = groups["items"].as_array().expect("groups").iter().find(|group| group["name"] == "spells");
    assert_eq!(spells.expect("the spells")["rows"], 319);
}
