//! `/api/v1/worlds/{id}/regions/{region_id}/recording`, and `server replay`

use std::fs;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep, timeout};

use crate::test_server::{PATIENCE, TestServer, repository};

/// What the command line makes of a recording.
fn replay(file: &std::path::Path) -> (bool, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("replay")
        .arg(file)
        .current_dir(repository())
        .output()
        .expect("runs");
    let told = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(told).expect("text"))
}

#[tokio::test]
async fn an_operator_takes_a_recording_away_and_lives_it_again() {
    let server = TestServer::start().await;
    let token = server.owner().await;
    let worlds = server.read(&token, "/api/v1/worlds").await;
    let world = worlds["items"][0]["id"].as_str().expect("a demo world").to_owned();
    let regions = server.read(&token, &format!("/api/v1/worlds/{world}/regions")).await;
    let region = regions["items"][0]["id"].as_str().expect("a live region").to_owned();
    let path = format!("/api/v1/worlds/{world}/regions/{region}/recording");

    let wolf = json!({"monster": "srd:wolf", "x": 2_048 * 256, "z": 2_048 * 256});
    let stands = async {
        loop {
            let made = server.post("/api/v1/ecs/entities", &wolf).bearer_auth(&token).send().await;
            if made.expect("answers").status() == StatusCode::CREATED {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, stands).await.expect("finds ground");
    let has_passed = async {
        while server.read(&token, &path).await["until_tick"].as_u64().expect("a tick") < 180 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, has_passed).await.expect("ticks pass");

    let wish = json!({"minutes": 60, "mib": 128});
    let put = server.client.put(server.url(&path)).json(&wish).bearer_auth(&token);
    let kept: Value = put.send().await.expect("answers").json().await.expect("JSON");
    assert_eq!((kept["minutes"].as_u64(), kept["mib"].as_u64()), (Some(60), Some(128)), "{kept}");

    let file = server.get(&format!("{path}/file")).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(file.status(), StatusCode::OK);
    let bytes = file.bytes().await.expect("a file");
    let place = server.data().join("last-minutes.rkrec");
    fs::write(&place, &bytes).expect("is written");
    let (same, told) = replay(&place);
    assert!(same && told.contains("It went the same way"), "{told}");

    let noted = server.read(&token, "/api/v1/audit").await;
    let actions: Vec<&str> = noted["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["action"].as_str())
        .collect();
    assert!(actions.contains(&"recording.keep") && actions.contains(&"recording.export"), "{actions:?}");
    let elsewhere = path.replace(&region, &world);
    let nothing = server.get(&elsewhere).bearer_auth(&token).send().await.expect("answers");
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
}
