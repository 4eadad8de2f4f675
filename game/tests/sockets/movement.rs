//! Walking: what is taken, what is refused, what is seen of the world.

use grid::UNITS_PER_METRE;
use protocol::{ClientMessage, MoveRefusal};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_move_too_fast_is_refused_and_corrected() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let home = wren.at;
    let seq = wren.walk(100 * UNITS_PER_METRE, 0).await;
    assert_eq!(wren.until_refused().await, (seq, MoveRefusal::TooFast));
    assert_eq!(wren.at, home);
    // From there she may go on.
    wren.walk(30, 0).await;
    let (who, to) = (wren.net_id, wren.at);
    wren.until_seen("her own step", |wren| wren.sees(who).is_some_and(|(at, _)| at == to)).await;
    assert!(wren.view.header().move_seq > seq, "the frame names the move that took effect");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_walks_into_the_water() {
    let stage = Stage::start().await;
    let shore = stage.shore();
    let character = stage.character_at("Wren", shore).await;
    let mut wren = stage.player_as(character).await;
    assert_eq!(wren.at, shore, "she stands where she was saved");
    let seq = wren.walk(UNITS_PER_METRE, 0).await;
    assert_eq!(wren.until_refused().await, (seq, MoveRefusal::NotWalkable));
    assert_eq!(wren.at, shore);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_moves_only_rise() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let (x, z) = (wren.at.x, wren.at.z);
    wren.send(&ClientMessage::Move { seq: 7, x: x + 5, z, yaw: 0 }).await;
    wren.send(&ClientMessage::Move { seq: 7, x: x + 9, z, yaw: 0 }).await;
    assert_eq!(wren.until_refused().await, (7, MoveRefusal::OutOfOrder));
    assert_eq!(wren.at.x, x + 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wider_interest_shows_more_cells_and_a_narrow_one_fewer() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    wren.until_seen("two rings", |wren| wren.view.cells().len() == 25).await;
    wren.send(&ClientMessage::Interest { radius_cells: 4 }).await;
    wren.until_seen("four rings", |wren| wren.view.cells().len() == 81).await;
    wren.send(&ClientMessage::Interest { radius_cells: 0 }).await;
    wren.until_seen("her own cell", |wren| wren.view.cells().len() == 1).await;
    let me = wren.net_id;
    assert!(wren.sees(me).is_some());
    // Asking again repairs the view: all keyframes come anew.
    let before = wren.keyframes;
    wren.send(&ClientMessage::Interest { radius_cells: 0 }).await;
    wren.until_seen("one more keyframe", |wren| wren.keyframes == before + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_plays_is_saved_now_and_then() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let mut wren = stage.player_as(character).await;
    wren.walk(40, 40).await;
    let to = wren.at;
    let saved = async {
        while stage.saved_position(character).await.x != to.x {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(crate::stage::PATIENCE, saved).await.expect("saved while she plays");
}
