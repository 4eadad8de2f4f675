//! Slow readers, and many at once.

use std::time::Duration;

use protocol::CloseCode;

use crate::{
    client::Client,
    stage::{PATIENCE, Setup, Stage},
};

/// Lets a client read nothing until the server can write no more to it.
async fn clog(stage: &Stage, client: &Client) {
    let clogged = async {
        let mut sent = stage.gateway.status().bytes_sent;
        loop {
            client.sleep(Duration::from_millis(1_500)).await;
            let now = stage.gateway.status().bytes_sent;
            if now == sent {
                return;
            }
            sent = now;
        }
    };
    tokio::time::timeout(PATIENCE, clogged).await.expect("small buffers are full soon");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_gets_a_keyframe_instead_of_a_queue() {
    let stage =
        Setup::new().with_npcs(300).with_gateway(|settings| settings.write_within = PATIENCE).start().await;
    stage.until("300 NPCs", |stage| stage.region.entities().len() == 300).await;
    let mut wren = stage.player("Wren").await;
    wren.until_seen("the crowd", |wren| wren.view.entities().count() > 250).await;
    clog(&stage, &wren).await;
    let (tick, keyframes) = (stage.region.status().tick, wren.keyframes);
    assert!(wren.view.header().tick < tick);

    let mut frames = 0;
    while wren.view.header().tick < tick {
        wren.hear().await;
        frames += 1;
    }
    let owed = (tick - 1) / 3;
    assert!(frames < owed, "{frames} frames were sent for {owed} net ticks");
    wren.until_seen("keyframes of the cells she sees", |wren| wren.keyframes >= keyframes + 9).await;
    wren.until_seen("the crowd as it is", |wren| {
        let (header, here) = (wren.view.header(), stage.region.entities());
        header.tick > tick && here.len() == 301 && wren.view.entities().count() > 250
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_stops_is_dropped_and_may_come_back() {
    let stage = Setup::new()
        .with_npcs(300)
        .with_gateway(|settings| settings.write_within = Duration::from_millis(500))
        .start()
        .await;
    stage.until("300 NPCs", |stage| stage.region.entities().len() == 300).await;
    let wren = stage.player("Wren").await;
    stage.until("the socket is closed", |stage| stage.gateway.status().sockets == 0).await;
    let mut again = stage.connect().await;
    again.hello_with_resume_token(&wren.resume_token).await;
    again.welcome().await;
    again.joined().await;
    assert_eq!(again.net_id, wren.net_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_players_all_see_each_other() {
    let stage = Setup::new().with_npcs(5).start().await;
    let mut players = Vec::new();
    for number in 0..40 {
        players.push(stage.player(&format!("Player {number}")).await);
    }
    for player in &mut players {
        player.until_seen("everyone", |player| player.view.entities().count() == 45).await;
    }
    for player in &mut players {
        player.walk(-10, 10).await;
    }
    let places: Vec<_> = players.iter().map(|player| (player.net_id, player.at)).collect();
    for player in &mut players {
        player
            .until_seen("everyone's step", |player| {
                places.iter().all(|&(who, to)| player.sees(who).is_some_and(|(at, _)| at == to))
            })
            .await;
    }
    stage.until("forty players", |stage| stage.region.status().players == 40).await;
    assert_eq!(stage.gateway.status().sockets, 40);
    for player in players {
        player.pull_plug();
    }
    stage.until("nobody", |stage| stage.gateway.status().sockets == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_that_come_and_go_leave_nothing_behind() {
    let stage = Stage::start().await;
    for _ in 0..100 {
        stage.connect().await.pull_plug();
    }
    stage.until("nobody", |stage| stage.gateway.status().sockets == 0).await;
    let mut wren = stage.player("Wren").await;
    wren.send(&protocol::ClientMessage::Goodbye {}).await;
    assert_eq!(wren.until_closed().await, CloseCode::Farewell);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_game_runs_over_redis_too() {
    let url = std::env::var("REALMKEEP_TEST_REDIS_URL").unwrap_or_else(|_| {
        panic!("REALMKEEP_TEST_REDIS_URL is not set; run `cargo xtask test`, which starts the servers that tests need")
    });
    let bus = infra::bus::redis::RedisBus::connect(&url).await.expect("Redis answers");
    let stage = Setup::new().with_npcs(4).with_bus(std::sync::Arc::new(bus)).start().await;
    let mut wren = stage.player("Wren").await;
    wren.until_seen("herself and four others", |wren| wren.view.entities().count() == 5).await;
    wren.walk(25, 0).await;
    let (who, to) = (wren.net_id, wren.at);
    wren.until_seen("her own step", |wren| wren.sees(who).is_some_and(|(at, _)| at == to)).await;
}
