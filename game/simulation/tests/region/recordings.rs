//! What a region was told is enough to live its life again.

use std::sync::Arc;

use grid::RequestId;
use rules::{Ruleset, character::Character, combat::Policy, combat::ShoveTo, content::srd};
use simulation::{
    Act, Command, EntityId, Faction, GroundPoint, NotARecording, Order, PlayerJoin, Pointing, Recording,
    RecordingLimits, Replay, Simulation, Spawn, Weapon, Wits, replay,
};

use crate::meadow::{METRE, Meadow, settings};

fn entity(number: u128) -> EntityId {
    EntityId::from_uuid(uuid::Uuid::from_u128(number))
}

fn order(number: u128, order: Order) -> Command {
    Command::Order { request: RequestId::from_uuid(uuid::Uuid::nil()), entity: entity(number), order }
}

fn spawn(number: u128, monster: &str, x: i64, faction: Faction) -> Command {
    Command::Spawn(Spawn {
        request: RequestId::from_uuid(uuid::Uuid::nil()),
        entity: entity(number),
        monster: monster.parse().expect("the ids of tests are well formed"),
        name: Some("Grub".into()),
        at: GroundPoint::new(x * METRE, 30 * METRE),
        faction,
        wits: Wits::Own,
    })
}

fn player(number: u128) -> Command {
    let id = |name: &str| name.parse().expect("the ids of tests are well formed");
    let character =
        Character::quick(id("srd:human"), id("srd:fighter"), srd(), &Ruleset::default(), |sides| {
            sides / 2 + 1
        })
        .expect("everybody may be a human fighter");
    Command::PlayerJoin(PlayerJoin {
        entity: entity(number),
        name: "Ada".into(),
        race: simulation::Race::Human,
        at: None,
        character: Some(Arc::new(character)),
    })
}

/// A fight with orders of every kind, recorded within limits.
fn recorded(ticks: u32, limits: RecordingLimits) -> Recording {
    let mut meadow = Meadow::new_with(Simulation::recorded(settings(3), limits));
    meadow.ticks(40);
    meadow.tick([
        player(1),
        spawn(2, "srd:ogre", 34, Faction::MONSTERS),
        spawn(3, "srd:mage", 40, Faction(40)),
    ]);
    meadow.ticks(60);
    meadow.tick([
        order(1, Order::Attack { target: entity(2), with: Weapon::Best, approach: true }),
        order(1, Order::React(Policy::SlotsBelow(2))),
        order(3, Order::MoveTo { to: GroundPoint::new(36 * METRE, 33 * METRE) }),
        order(2, Order::Do { act: Act::Shove(ShoveTo::Prone), target: Some(entity(1)) }),
        order(
            3,
            Order::Cast {
                spell: "srd:fireball".parse().expect("the ids of tests are well formed"),
                slot: 3,
                aim: Pointing { point: Some(grid::Position::from_metres(33, 2, 30)), ..Pointing::default() },
            },
        ),
    ]);
    meadow.ticks(ticks);
    meadow.simulation.recording().expect("it was made to record").clone()
}

fn written(recording: &Recording) -> Vec<u8> {
    let mut bytes = Vec::new();
    recording.write_to(&mut bytes).expect("a list of bytes takes everything");
    bytes
}

#[test]
fn a_fight_is_lived_again_from_its_recording_and_from_its_bytes() {
    let recording = recorded(900, RecordingLimits::minutes(10, 64));
    let Replay::Same { ticks, compared } = replay(&recording) else { panic!("{:?}", replay(&recording)) };
    assert_eq!((ticks, compared), (recording.until, (recording.until / 60) as usize));
    let bytes = written(&recording);
    let read = Recording::read(&bytes).expect("these bytes are a recording");
    assert_eq!(replay(&read), Replay::Same { ticks, compared });
}

#[test]
fn a_recording_that_was_meddled_with_goes_another_way_and_the_second_is_told() {
    let mut recording = recorded(400, RecordingLimits::minutes(10, 64));
    let is_order = |command: &Command| matches!(command, Command::Order { .. });
    let told = recording.ticks.iter_mut().find(|recorded| recorded.commands.iter().any(is_order));
    let told = Arc::make_mut(told.expect("orders were given"));
    let at = told.tick;
    let first = told.commands.iter().position(is_order).expect("there is one");
    told.commands.remove(first);
    let first_hash_after = at.next_multiple_of(60);
    assert_eq!(
        replay(&recording),
        Replay::Differs { at: first_hash_after, same_until: first_hash_after - 60 }
    );
}

#[test]
fn a_file_that_was_cut_off_is_a_shorter_recording_and_foreign_bytes_are_none() {
    let recording = recorded(300, RecordingLimits::minutes(10, 64));
    let bytes = written(&recording);
    let cut = Recording::read(&bytes[..bytes.len() - 40]).expect("its beginning is good");
    assert!(cut.until < recording.until && cut.until > 0);
    assert!(matches!(replay(&cut), Replay::Same { .. }));
    assert!(matches!(Recording::read(b"PNG"), Err(NotARecording::Foreign)));
    assert!(matches!(Recording::read(b"RKREC\xff"), Err(NotARecording::OtherVersion(255))));
    assert!(matches!(Recording::read(&bytes[..6]), Err(NotARecording::Empty)));
    let mut damaged = bytes;
    damaged[12..40].fill(0xc1);
    assert!(matches!(Recording::read(&damaged), Err(NotARecording::Damaged { .. })));
}

#[test]
fn what_is_older_than_the_limits_is_forgotten_and_the_rest_is_lived_again_from_where_it_begins() {
    let limits = RecordingLimits { ticks: 200, bytes: usize::MAX };
    let recording = recorded(900, limits);
    let begin = recording.begins_after();
    assert!(begin > 0 && recording.until - begin >= 200 && recording.until - begin <= 400, "{begin}");
    assert!(recording.ticks.iter().all(|recorded| recorded.tick > begin));
    let Replay::Same { ticks, compared } = replay(&recording) else { panic!("{:?}", replay(&recording)) };
    assert!(ticks >= 200 && compared >= 3, "{ticks} {compared}");
    let read = Recording::read(&written(&recording)).expect("these bytes are a recording");
    assert_eq!(read.begins_after(), begin);
    assert_eq!(
        replay(&read),
        Replay::Same { ticks, compared },
        "it begins with a checkpoint that was written and read"
    );
}
