//! What a start does, and what keeps it from happening.

use std::{fs, net::TcpListener};

use crate::test_server::{OWNER_EMAIL, Setup, TestServer};

#[tokio::test]
async fn a_first_start_prints_where_it_is_and_a_login_once() {
    let server = Setup::new().without("REALMKEEP_OWNER_PASSWORD").start().await;
    let password = server.banner.lines().find_map(|line| line.trim().strip_prefix("Password")).map(str::trim);
    let password = password.expect("a password is printed").to_owned();
    assert!(server.banner.contains(OWNER_EMAIL), "{}", server.banner);
    let body = serde_json::json!({"email": OWNER_EMAIL, "password": password});
    let reply = server.post("/api/v1/auth/login", &body).send().await.expect("answers");
    assert!(reply.status().is_success(), "the printed login should work");

    let (status, setup) = server.stop().await;
    assert!(status.success(), "{status}");
    let again = setup.start().await;
    assert!(!again.banner.contains("Password"), "printed again: {}", again.banner);
    let reply = again.post("/api/v1/auth/login", &body).send().await.expect("answers");
    assert!(reply.status().is_success(), "the login should last");
}

#[tokio::test]
async fn a_second_start_keeps_what_was_made() {
    let server = TestServer::start().await;
    let token = server.player("Mira").await;
    let body = serde_json::json!({"name": "Mira", "race": "elf"});
    let made = server.post("/api/v1/characters", &body).bearer_auth(&token).send().await.expect("answers");
    let made: serde_json::Value = made.error_for_status().expect("is made").json().await.expect("JSON");

    let (_, setup) = server.stop().await;
    let again = setup.start().await;
    let path = format!("/api/v1/characters/{}", made["id"].as_str().expect("an id"));
    let kept = again.get(&path).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(kept.json::<serde_json::Value>().await.expect("JSON")["name"], "Mira");
}

#[tokio::test]
async fn a_port_in_use_is_named_with_its_setting() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let addr = taken.local_addr().expect("bound").to_string();
    for name in ["LEPTOS_SITE_ADDR", "REALMKEEP_OPS_ADDR"] {
        let ending = Setup::new().with(name, &addr).run_to_end().await;
        assert!(ending.refusal().contains(&format!("{addr} is in use")), "{}", ending.refusal());
        assert!(ending.refusal().contains(name), "{}", ending.refusal());
    }
}

#[tokio::test]
async fn two_servers_do_not_share_a_folder() {
    let server = TestServer::start().await;
    let data = server.data().display().to_string();
    let ending = Setup::new().with("REALMKEEP_DATA", &data).run_to_end().await;
    assert!(ending.refusal().contains("another server works in this folder"), "{}", ending.refusal());
}

#[tokio::test]
async fn a_corrupt_database_is_named_and_left_alone() {
    let setup = Setup::new();
    let file = setup.data().join("realmkeep.db");
    let rubbish = vec![0x5A; 16 * 1024];
    fs::write(&file, &rubbish).expect("writes");
    let ending = setup.run_to_end().await;
    assert!(ending.refusal().contains("realmkeep.db"), "{}", ending.refusal());
    assert_eq!(fs::read(&file).expect("still there"), rubbish, "it must not be overwritten");
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound");
    let url = format!("postgres://keeper:hunter2@{closed}/realm");
    let ending = Setup::new().with("REALMKEEP_DATABASE__URL", &url).run_to_end().await;
    assert!(ending.refusal().contains(&closed.to_string()), "{}", ending.refusal());
    assert!(!ending.refusal().contains("hunter2"), "{}", ending.refusal());
}

#[tokio::test]
async fn an_unknown_recipe_step_is_told_with_file_line_and_key() {
    let setup = Setup::new();
    let shipped = crate::test_server::repository().join("config/recipes/temperate.yaml");
    let recipe = fs::read_to_string(shipped).expect("reads");
    let (before, after) = recipe.split_once("step: ").expect("a step");
    let line = before.lines().count().max(1);
    let broken =
        format!("{before}step: ridgesss{}", &after[after.find(['\n', ',', '}', ' ']).expect("an end")..]);
    let file = setup.data().join("broken.yaml");
    fs::write(&file, broken).expect("writes");
    let ending = setup.with("REALMKEEP_WORLD__RECIPE", &file.display().to_string()).run_to_end().await;
    let refusal = ending.refusal();
    assert!(refusal.contains(&format!("broken.yaml:{line}")) && refusal.contains("ridgesss"), "{refusal}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let ending = Setup::new().with("REALMKEEP_DATA", "/proc/realmkeep").run_to_end().await;
    assert!(ending.refusal().contains("/proc/realmkeep"), "{}", ending.refusal());
}
