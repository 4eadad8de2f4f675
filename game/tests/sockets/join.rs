//! Coming in: tickets, hellos, what one sees, and leaving.

use protocol::{ClientMessage, CloseCode, PROTOCOL_VERSION, control::EntityKind, schema_hash};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::stage::{Setup, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_player_joins_and_sees_npcs_walk() {
    let stage = Setup::new().with_npcs(12).start().await;
    stage.until("the dozen", |stage| stage.region.entities().len() == 12).await;
    let mut wren = stage.player("Wren").await;
    assert!(!wren.was_resumed);
    wren.until_seen("herself and twelve others", |wren| wren.view.entities().count() == 13).await;
    let (at, me) = wren.sees(wren.net_id).expect("she sees herself");
    assert_eq!((me.kind, &*me.name, me.uuid, at), (EntityKind::Player, "Wren", wren.entity_id, wren.at));
    assert_eq!(wren.units_per_second, 1_170, "thirty feet a round, three times as fast");

    let before: Vec<_> = wren.view.entities().map(|(cell, entity)| entity.position(cell)).collect();
    wren.until_seen("an NPC that walked", |wren| {
        wren.view.entities().zip(&before).any(|((cell, entity), before)| {
            entity.kind == EntityKind::Npc && entity.position(cell) != *before
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_players_see_each_other_walk() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let mut finch = stage.player("Finch").await;
    wren.until_seen("Finch", |wren| wren.sees(finch.net_id).is_some()).await;
    finch.until_seen("Wren", |finch| finch.sees(wren.net_id).is_some()).await;
    for _ in 0..5 {
        wren.walk(20, 0).await;
        let (who, to) = (wren.net_id, wren.at);
        finch.until_seen("Wren's step", |finch| finch.sees(who).is_some_and(|(at, _)| at == to)).await;
    }
    let (who, to) = (finch.net_id, {
        finch.walk(0, -33).await;
        finch.at
    });
    wren.until_seen("Finch's step", |wren| {
        wren.sees(who).is_some_and(|(at, seen)| at == to && seen.yaw == 32)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_good_once() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let ticket = stage.ticket(character).await;
    let mut first = stage.connect().await;
    first.hello_with_ticket(&ticket).await;
    first.welcome().await;
    let mut second = stage.connect().await;
    second.hello_with_ticket(&ticket).await;
    assert_eq!(second.until_closed().await, CloseCode::TicketRefused);
    let mut third = stage.connect().await;
    third.hello_with_ticket("no such ticket").await;
    assert_eq!(third.until_closed().await, CloseCode::TicketRefused);
    first.join().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_another_version_is_told_so() {
    let stage = Stage::start().await;
    let hello = |protocol_version, schema_hash| ClientMessage::Hello {
        protocol_version,
        schema_hash,
        ticket: Some("unused".to_owned()),
        resume_token: None,
        client: "old".to_owned(),
    };
    for hello in [hello(PROTOCOL_VERSION + 1, schema_hash()), hello(PROTOCOL_VERSION, schema_hash() ^ 1)] {
        let mut client = stage.connect().await;
        client.send(&hello).await;
        assert_eq!(client.until_closed().await, CloseCode::Incompatible);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_subprotocol_there_is_no_socket() {
    let stage = Stage::start().await;
    let url = format!("ws://{}{}", stage.address(), protocol::SOCKET_PATH);
    let request = url.into_client_request().expect("an address");
    let stream = tokio::net::TcpStream::connect(stage.address()).await.expect("the gateway listens");
    let refusal = tokio_tungstenite::client_async(request, stream).await.expect_err("no socket");
    assert!(refusal.to_string().contains("400"), "{refusal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goodbye_ends_the_session() {
    let stage = Stage::start().await;
    let mut finch = stage.player("Finch").await;
    let mut wren = stage.player("Wren").await;
    finch.until_seen("Wren", |finch| finch.sees(wren.net_id).is_some()).await;
    wren.send(&ClientMessage::Goodbye {}).await;
    assert_eq!(wren.until_closed().await, CloseCode::Farewell);
    finch.until_seen("no Wren", |finch| finch.sees(wren.net_id).is_none()).await;
    let mut back = stage.connect().await;
    back.hello_with_resume_token(&wren.resume_token).await;
    assert_eq!(back.until_closed().await, CloseCode::ResumeRefused);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_character_is_played_once() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let mut first = stage.player_as(character).await;
    let second = stage.player_as(character).await;
    assert_eq!(first.until_closed().await, CloseCode::Replaced);
    assert_eq!((first.entity_id, first.net_id), (second.entity_id, second.net_id), "the same body");
    let mut late = stage.connect().await;
    late.hello_with_resume_token(&first.resume_token).await;
    assert_eq!(late.until_closed().await, CloseCode::ResumeRefused, "the first session is over");
    stage.until("one player", |stage| stage.region.status().players == 1).await;
}
