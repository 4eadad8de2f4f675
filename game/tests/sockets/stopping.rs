//! A server that stops.

use protocol::CloseCode;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_and_saves_everyone() {
    let stage = Stage::start().await;
    let wren = stage.character("Wren").await;
    let finch = stage.character("Finch").await;
    let mut clients = [stage.player_as(wren).await, stage.player_as(finch).await];
    for (client, dx) in clients.iter_mut().zip([35, -35]) {
        client.walk(dx, 0).await;
        let (who, to) = (client.net_id, client.at);
        client.until_seen("the step", |client| client.sees(who).is_some_and(|(at, _)| at == to)).await;
    }
    let mut waiting = stage.connect().await;

    stage.shutdown.cancel();
    assert_eq!(waiting.until_closed().await, CloseCode::ServerStopping);
    for client in &mut clients {
        let code = client.until_closed().await;
        assert_eq!(code, CloseCode::ServerStopping);
        assert!(code.may_resume());
    }
    stage.gateway.drained().await;
    assert_eq!(stage.gateway.status().sockets, 0);
    let (store, places) = (stage.store.clone(), clients.each_ref().map(|client| client.at));
    stage.region.stop().await;
    for (character, place) in [wren, finch].into_iter().zip(places) {
        let saved = store::characters::find(&store, character).await.expect("the database answers");
        assert_eq!(saved.map(|saved| (saved.position.x, saved.position.z)), Some((place.x, place.z)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_without_players_stops_too() {
    let stage = Stage::start().await;
    stage.until("a tick", |stage| stage.region.status().tick > 0).await;
    let status = stage.region.status();
    assert!(status.tick_times.max >= status.tick_times.p50);
    stage.region.stop().await;
}
