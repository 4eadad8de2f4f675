//! Links that break: resuming, heartbeats, and regions that come and go.

use std::time::Duration;

use protocol::{ClientMessage, CloseCode, ServerMessage, frame::flag};

use crate::stage::{Setup, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_socket_is_resumed_as_the_same_body() {
    let stage = Stage::start().await;
    let mut finch = stage.player("Finch").await;
    let mut wren = stage.player("Wren").await;
    let seq = wren.walk(50, 0).await;
    let (who, body, to) = (wren.net_id, wren.entity_id, wren.at);
    finch.until_seen("Wren's step", |finch| finch.sees(who).is_some_and(|(at, _)| at == to)).await;
    let (session, token) = (wren.session_id, wren.resume_token.clone());
    wren.pull_plug();
    finch
        .until_seen("Wren without a link", |finch| {
            finch.sees(who).is_some_and(|(_, seen)| seen.flags & flag::LINKDEAD != 0)
        })
        .await;

    let mut wren = stage.connect().await;
    wren.hello_with_resume_token(&token).await;
    wren.welcome().await;
    assert!(wren.was_resumed);
    assert_eq!(wren.session_id, session);
    assert_ne!(wren.resume_token, token, "each welcome brings a new token");
    // No join: she was in the world all the time.
    wren.joined().await;
    assert_eq!((wren.entity_id, wren.net_id, wren.at), (body, who, to));
    assert!(wren.walk(0, 25).await > seq, "her moves go on counting");
    let to = wren.at;
    finch
        .until_seen("Wren's next step", |finch| {
            finch.sees(who).is_some_and(|(at, seen)| at == to && seen.flags & flag::LINKDEAD == 0)
        })
        .await;

    let mut thief = stage.connect().await;
    thief.hello_with_resume_token(&token).await;
    assert_eq!(thief.until_closed().await, CloseCode::ResumeRefused, "the old token is worth nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_takes_over_from_a_socket_that_seems_alive() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let mut again = stage.connect().await;
    again.hello_with_resume_token(&wren.resume_token).await;
    again.welcome().await;
    again.joined().await;
    assert_eq!(wren.until_closed().await, CloseCode::Replaced);
    again.walk(10, 0).await;
    let (who, to) = (again.net_id, again.at);
    again.until_seen("the step", |again| again.sees(who).is_some_and(|(at, _)| at == to)).await;
    assert_eq!(stage.region.status().players, 1, "the old socket's end took nobody down");
}

#[tokio::test(flavor = "multi_thread")]
async fn heartbeats_are_answered() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    wren.until_seen("herself", |wren| wren.sees(wren.net_id).is_some()).await;
    wren.send(&ClientMessage::Heartbeat { client_time_ms: 4_711 }).await;
    let ServerMessage::HeartbeatAck { client_time_ms: 4_711, tick } = wren.control().await else {
        panic!("an answer");
    };
    assert!(tick > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_heartbeats_is_dropped_and_may_come_back() {
    let stage =
        Setup::new().with_gateway(|settings| settings.heartbeat = Duration::from_millis(500)).start().await;
    let mut wren = stage.player("Wren").await;
    let code = wren.until_closed().await;
    assert_eq!(code, CloseCode::HeartbeatTimeout);
    assert!(code.may_resume());
    let mut again = stage.connect().await;
    again.hello_with_resume_token(&wren.resume_token).await;
    again.welcome().await;
    again.joined().await;
    assert_eq!(again.net_id, wren.net_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_that_stops_tells_its_players_and_they_find_the_next_one() {
    let stage = Setup::new().with_npcs(3).start().await;
    let mut wren = stage.player("Wren").await;
    wren.walk(60, 0).await;
    let (who, to) = (wren.net_id, wren.at);
    wren.until_seen("the step", |wren| wren.sees(who).is_some_and(|(at, _)| at == to)).await;
    let stage = stage.restart_region().await;
    assert_eq!(wren.until_closed().await, CloseCode::RegionUnavailable);

    let mut again = stage.connect().await;
    again.hello_with_resume_token(&wren.resume_token).await;
    again.welcome().await;
    again.joined().await;
    assert_eq!(again.at, to, "she was saved when the region stopped");
    again.until_seen("herself and three NPCs", |again| again.view.entities().count() == 4).await;
}
