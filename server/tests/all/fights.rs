//! Fights over the real socket, and what REST shows of them.

use protocol::{AttackWith, ClientMessage, FromServer, ServerMessage};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{
    player::Player,
    test_server::{PATIENCE, TestServer},
};

/// Sets a monster that does nothing by itself out beside a player, by the owner.
async fn set_out(server: &TestServer, monster: &str, player: &Player) -> Uuid {
    let owner = server.owner().await;
    let (x, z) = player.at;
    for metres in [3, -3, 5, -5, 8, -8] {
        let body = json!({"monster": monster, "x": x + metres * 256, "z": z, "thinks": false});
        let answer = server.post("/api/v1/ecs/entities", &body).bearer_auth(&owner).send().await;
        let answer = answer.expect("answers");
        if answer.status() == StatusCode::CREATED {
            let made: Value = answer.json().await.expect("JSON");
            return made["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        }
        assert_eq!(answer.status(), StatusCode::CONFLICT, "nobody can stand there");
    }
    panic!("nowhere beside the player can anybody stand");
}

async fn sheet(server: &TestServer, token: &str, character: Uuid) -> Value {
    let path = format!("/api/v1/characters/{character}/sheet");
    let answer = server.get(&path).bearer_auth(token).send().await.expect("answers");
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.expect("JSON")
}

/// What the pipeline of fights has written.
async fn combat_rows(server: &TestServer) -> Vec<Value> {
    const COMBAT: &str = "/api/v1/pipelines/0198a0c0-0001-7000-8000-000000000001/rows";
    let answer = server.get(COMBAT).bearer_auth(server.owner().await).send().await.expect("answers");
    let rows: Value = answer.json().await.expect("JSON");
    rows["rows"].as_array().cloned().unwrap_or_default()
}

fn control(message: &FromServer) -> Option<&ServerMessage> {
    match message {
        FromServer::Control(message) => Some(message),
        FromServer::Frame(_) => None,
    }
}

#[tokio::test]
async fn a_player_wins_a_fight_and_what_was_earned_outlives_the_server() {
    let server = TestServer::start().await;
    let mut mira = Player::join(&server).await;
    let rat = set_out(&server, "srd:rat", &mira).await;
    let (target_id, with) = (rat, AttackWith::Best);
    mira.say(ClientMessage::Attack { order: 1, target_id, with, held: 0, approach: true }).await;
    mira.hear(|message| matches!(control(message), Some(ServerMessage::OrderTaken { order: 1 }))).await;
    let won = async {
        loop {
            if let FromServer::Control(ServerMessage::Earned { experience, total, by }) =
                mira.hear(|message| matches!(control(message), Some(ServerMessage::Earned { .. }))).await
            {
                return (experience, total, by);
            }
        }
    };
    assert_eq!(timeout(PATIENCE, won).await.expect("the rat dies"), (10, 10, rat));
    let (token, id) = (mira.token.clone(), mira.id);
    assert_eq!(sheet(&server, &token, id).await["sheet"]["experience"], 10, "kept before it is told");

    // The last blow is not two rounds ago: she counts as fighting, and nobody rests in a fight.
    let path = format!("/api/v1/characters/{id}/rests");
    let rest = server.post(&path, &json!({"kind": "short"})).bearer_auth(&token).send().await;
    let rest = rest.expect("answers");
    assert_eq!(rest.status(), StatusCode::CONFLICT);
    let problem: Value = rest.json().await.expect("JSON");
    assert!(problem["detail"].as_str().is_some_and(|why| why.contains("in a fight")), "{problem}");

    let counted = async {
        loop {
            let rows = combat_rows(&server).await;
            // Blows that missed may be counted before the one that hit.
            if let Some(row) = rows.iter().find(|row| row["hits"].as_f64() >= Some(1.0)) {
                return row.clone();
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    let row = timeout(PATIENCE, counted).await.expect("her blows are counted");
    assert!(row["class"].as_str().is_some_and(|class| class.starts_with("srd:")), "{row}");
    assert_eq!(row["level"], "1");
    assert!(row["damage"].as_f64() >= Some(1.0), "{row}");

    let path = format!("/api/v1/events?kind=character.earned&subject=character/{id}");
    let events = server.get(&path).bearer_auth(server.owner().await).send().await.expect("answers");
    let events: Value = events.json().await.expect("JSON");
    assert_eq!(events["items"].as_array().map(Vec::len), Some(1), "{events}");
    drop(mira);
    let (status, setup) = server.stop().await;
    assert!(status.success(), "{status}");
    let server = setup.start().await;
    let token = server.sign_in("mira@example.org", crate::test_server::PLAYER_PASSWORD).await;
    assert_eq!(sheet(&server, &token, id).await["sheet"]["experience"], 10);
}
