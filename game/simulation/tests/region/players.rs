//! Players come, walk as the rules allow, drop out and leave.

use crate::meadow::{METRE, Meadow, join, step};
use simulation::{Command, Event, GroundPoint, MoveRefusal};

fn refusal(events: &[Event]) -> Option<(MoveRefusal, GroundPoint)> {
    events.iter().find_map(|event| match event {
        Event::MoveRefused { refusal, position, .. } => Some((*refusal, GroundPoint::from(*position))),
        _ => None,
    })
}

#[test]
fn a_player_waits_for_ground_and_surroundings_and_then_stands() {
    let mut meadow = Meadow::empty();
    let outcome = meadow.tick([Command::PlayerJoin(join(1))]);
    assert!(outcome.events.is_empty(), "the terrain is not here yet");
    assert_eq!(outcome.terrain_wanted, [grid::CellCoord::new(0, 0)]);
    let outcome = meadow.tick([]);
    assert!(outcome.events.is_empty(), "nor the cells around");
    assert_eq!(outcome.terrain_wanted.len(), 3, "the region begins at the north-western corner");
    let events = meadow.tick([]).events;
    let [Event::PlayerSpawned { position, units_per_second, move_seq, .. }] = events[..] else {
        panic!("spawned, and nothing else: {events:?}");
    };
    assert_eq!(GroundPoint::from(position), GroundPoint::new(32 * METRE, 32 * METRE));
    assert_eq!((units_per_second, move_seq), (390, 0));
}

#[test]
fn surroundings_that_never_come_keep_nobody_out() {
    let mut meadow = Meadow::empty();
    meadow.tick([Command::PlayerJoin(join(1))]);
    let mut meadow = meadow.without_terrain();
    let spawned = meadow.ticks(200).iter().any(|event| matches!(event, Event::PlayerSpawned { .. }));
    assert!(spawned);
}

#[test]
fn a_step_at_walking_speed_is_taken() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    for seq in 1..=40 {
        let to = GroundPoint::new(at.x + i64::from(seq) * 19, at.z);
        let events = meadow.tick([step(player, seq, to)]).events;
        assert_eq!(events, [Event::MoveApplied { entity: player, seq }]);
        let view = &meadow.simulation.views()[0];
        assert_eq!((GroundPoint::from(view.position), view.yaw, view.walking), (to, 64, true));
        // A client that sends 20 moves a second.
        meadow.ticks(2);
    }
}

#[test]
fn a_leap_is_refused_and_corrected() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    let events = meadow.tick([step(player, 1, GroundPoint::new(at.x + 10 * METRE, at.z))]).events;
    assert_eq!(refusal(&events), Some((MoveRefusal::TooFast, at)));
    let events = meadow.tick([step(player, 2, GroundPoint::new(i64::MAX, i64::MIN))]).events;
    assert_eq!(refusal(&events), Some((MoveRefusal::TooFast, at)));
}

#[test]
fn running_at_twice_the_speed_fails_soon() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    let refused = (1..=60_u32).find(|&seq| {
        let to = GroundPoint::new(at.x + i64::from(seq) * 13, at.z);
        refusal(&meadow.tick([step(player, seq, to)]).events)
            .is_some_and(|(why, _)| why == MoveRefusal::TooFast)
    });
    assert!(refused.is_some(), "the saved half second is used up within a second");
}

#[test]
fn the_lake_is_no_ground_and_can_not_be_jumped() {
    let mut meadow = Meadow::empty().with_lake_from(33);
    let (player, at) = meadow.player(1);
    let near_shore = GroundPoint::new(at.x + 150, at.z);
    assert_eq!(refusal(&meadow.tick([step(player, 1, near_shore)]).events), None);
    meadow.ticks(60);
    let events = meadow.tick([step(player, 2, GroundPoint::new(33 * METRE + 64, at.z))]).events;
    assert_eq!(refusal(&events), Some((MoveRefusal::NotWalkable, near_shore)));
    let events = meadow.tick([step(player, 3, at)]).events;
    assert_eq!(refusal(&events), None, "the way back is dry");
}

/// Walks by `(dx, dz)` a tick until a move is refused; tells why, and checks that the player stays.
fn walk_until_refused(
    meadow: &mut Meadow,
    player: simulation::EntityId,
    from: GroundPoint,
    dx: i64,
    dz: i64,
) -> MoveRefusal {
    let mut here = from;
    for seq in 1..5_000 {
        let to = GroundPoint::new(here.x + dx, here.z + dz);
        if let Some((why, stands)) = refusal(&meadow.tick([step(player, seq, to)]).events) {
            assert_eq!(stands, here);
            return why;
        }
        here = to;
    }
    panic!("the walk never ended");
}

#[test]
fn the_region_ends_at_its_edge() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    assert_eq!(walk_until_refused(&mut meadow, player, at, -6, 0), MoveRefusal::OutOfRegion);
}

#[test]
fn unknown_ground_is_not_walked_on() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    let mut meadow = meadow.without_terrain();
    assert_eq!(walk_until_refused(&mut meadow, player, at, 6, 0), MoveRefusal::NotLoaded);
}

#[test]
fn moves_come_in_order_or_not_at_all() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    let near = |dx| GroundPoint::new(at.x + dx, at.z);
    let events =
        meadow.tick([step(player, 5, near(3)), step(player, 5, near(4)), step(player, 4, near(5))]).events;
    assert_eq!(events[0], Event::MoveApplied { entity: player, seq: 5 });
    assert_eq!(refusal(&events), Some((MoveRefusal::OutOfOrder, near(3))));
    assert_eq!(events.len(), 3);
}

#[test]
fn a_dropped_player_stands_until_they_come_back() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    meadow.tick([step(player, 9, GroundPoint::new(at.x + 5, at.z))]);
    let net_id = meadow.simulation.views()[0].net_id;
    meadow.tick([Command::PlayerLinkdead { entity: player }]);
    assert!(meadow.simulation.views()[0].linkdead);

    let events = meadow.tick([Command::PlayerJoin(join(1))]).events;
    let [Event::PlayerSpawned { net_id: again, position, move_seq, .. }] = events[..] else {
        panic!("the same body answers: {events:?}");
    };
    assert_eq!((again, position.x, move_seq), (net_id, at.x + 5, 9));
    assert!(!meadow.simulation.views()[0].linkdead);
    assert_eq!(meadow.simulation.views().len(), 1);
}

#[test]
fn who_leaves_is_gone_and_tells_where_they_stood() {
    let mut meadow = Meadow::empty();
    let (player, at) = meadow.player(1);
    let events = meadow.tick([Command::PlayerLeave { entity: player }]).events;
    assert!(
        matches!(events[..], [Event::PlayerDespawned { position: Some(position), .. }] if GroundPoint::from(position) == at)
    );
    assert!(meadow.simulation.views().is_empty());
    let events = meadow.tick([step(player, 1, at)]).events;
    assert_eq!(events, [Event::UnknownPlayer { entity: player }]);
}

#[test]
fn who_leaves_while_waiting_never_appears() {
    let mut meadow = Meadow::empty().without_terrain();
    let join = join(1);
    let entity = join.entity;
    meadow.tick([Command::PlayerJoin(join)]);
    let events = meadow.tick([Command::PlayerLeave { entity }]).events;
    assert_eq!(events, [Event::PlayerDespawned { entity, position: None }]);
    meadow.ticks(60);
    assert!(meadow.simulation.views().is_empty());
}

#[test]
fn a_saved_place_that_became_water_is_left_for_the_shore() {
    let mut meadow = Meadow::empty().with_lake_from(20);
    let at = Some(grid::Position::from_metres(50, 0, 32));
    meadow.tick([Command::PlayerJoin(simulation::PlayerJoin { at, ..join(1) })]);
    meadow.ticks(5);
    let views = meadow.simulation.views();
    assert_eq!(GroundPoint::from(views[0].position), GroundPoint::new(20 * METRE - 128, 32 * METRE - 128));
}

#[test]
fn a_world_of_water_turns_players_away() {
    let mut meadow = Meadow::empty().with_lake_from(-1_000);
    let join = join(1);
    let entity = join.entity;
    meadow.tick([Command::PlayerJoin(join)]);
    assert!(meadow.ticks(60).contains(&Event::NoGroundToSpawn { entity }));
}

#[test]
fn terrain_that_failed_is_asked_for_again() {
    let mut meadow = Meadow::empty().without_terrain();
    let wanted = meadow.tick([Command::PlayerJoin(join(1))]).terrain_wanted;
    assert_eq!(wanted.len(), 1);
    meadow.tick([Command::TerrainFailed { coord: wanted[0] }]);
    let again: Vec<_> = (0..300).flat_map(|_| meadow.tick([]).terrain_wanted).collect();
    assert_eq!(again, wanted, "once more, not at every tick");
}

#[test]
fn moves_are_told_by_entity() {
    let mut meadow = Meadow::empty();
    let (late, at) = meadow.player(9);
    let (early, _) = meadow.player(3);
    let events = meadow.tick([step(late, 1, at), step(early, 1, at)]).events;
    let who: Vec<_> = events.iter().map(Event::entity).collect();
    assert_eq!(who, [early, late]);
}

#[test]
fn the_same_commands_give_the_same_states() {
    let run = || {
        let mut meadow = Meadow::with_npcs(8);
        let (player, at) = meadow.player(1);
        let (other, _) = meadow.player(2);
        for seq in 1..200 {
            let to = GroundPoint::new(at.x + i64::from(seq) * 5, at.z - i64::from(seq) * 3);
            meadow.tick([step(player, seq, to)]);
        }
        meadow.tick([Command::PlayerLeave { entity: other }]);
        meadow.simulation.state_hash()
    };
    assert_eq!(run(), run());
}
