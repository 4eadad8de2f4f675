//! What a kill leaves: experience for those who had a part in it, and a heap on the ground that one of them takes up.

use grid::{Position, RequestId};
use simulation::{
    Command, EntityId, EntityKind, Event, Faction, GroundPoint, LeftHeap, Order, OrderRefusal, PartyId,
    Spawn, TICK_HZ, Weapon, Wits,
};

use crate::meadow::{METRE, Meadow};

const ADA: u128 = 500;
const BRAN: u128 = 501;
const CLEO: u128 = 502;
const GOBLIN: u128 = 1;

fn entity(number: u128) -> EntityId {
    EntityId::from_uuid(uuid::Uuid::from_u128(number))
}

fn request(number: u128) -> RequestId {
    RequestId::from_uuid(uuid::Uuid::from_u128(number))
}

fn order(number: u128, order: Order) -> Command {
    Command::Order { request: request(1_000 + number), entity: entity(number), order }
}

fn party(number: u128) -> Command {
    Command::Party { entity: entity(number), party: Some(PartyId(uuid::Uuid::from_u128(77))) }
}

fn meadow() -> Meadow {
    let mut meadow = Meadow::with_npcs(1);
    meadow.ticks(40);
    meadow
}

/// Ada slays a goblin that stands a metre east of her and does nothing; all that happened, up to what it left behind.
fn slay(meadow: &mut Meadow, at: GroundPoint) -> (EntityId, Position, Vec<Event>) {
    let goblin = Spawn {
        request: request(1),
        entity: entity(GOBLIN),
        monster: "srd:goblin".parse().expect("the content has it"),
        name: None,
        at: GroundPoint::new(at.x + METRE, at.z),
        faction: Faction::MONSTERS,
        wits: Wits::None,
    };
    meadow.tick([Command::Spawn(goblin)]);
    let attack = Order::Attack { target: entity(GOBLIN), with: Weapon::Best, approach: true };
    let mut events = meadow.tick([order(ADA, attack)]).events;
    for _ in 0..120 * TICK_HZ {
        let left = events.iter().find_map(|event| match event {
            Event::LeftBehind { heap, at, .. } => Some((*heap, *at)),
            _ => None,
        });
        if let Some((heap, at)) = left {
            // The heap has a body from the next tick on.
            events.extend(meadow.ticks(1));
            return (heap, at, events);
        }
        events.extend(meadow.ticks(1));
    }
    panic!("the goblin lives for ever");
}

fn take(meadow: &mut Meadow, who: u128, heap: EntityId) -> Result<(), OrderRefusal> {
    let events = meadow.tick([order(who, Order::Take { heap })]).events;
    let took = events.contains(&Event::TookUp { entity: entity(who), heap });
    let answer = events.iter().find_map(|event| match event {
        Event::Ordered { outcome, .. } => Some(*outcome),
        _ => None,
    });
    let answer = answer.expect("an order is answered");
    assert_eq!(answer.is_ok(), took, "{events:?}");
    answer
}

fn sees(meadow: &Meadow, heap: EntityId) -> bool {
    let views = meadow.simulation.views();
    views.iter().any(|view| view.entity == heap && view.kind == EntityKind::Heap)
}

fn earned(events: &[Event]) -> Vec<(EntityId, u32)> {
    let earned = events.iter().filter_map(|event| match event {
        Event::Earned { entity, experience, .. } => Some((*entity, *experience)),
        _ => None,
    });
    earned.collect()
}

#[test]
fn a_heap_is_its_first_owners_then_anybodys_and_is_had_once() {
    let mut meadow = meadow();
    let (_, at) = meadow.player_as(ADA, "srd:fighter");
    meadow.player_as(BRAN, "srd:fighter");
    let (heap, lies, events) = slay(&mut meadow, at);
    assert_eq!(earned(&events), [(entity(ADA), 50)]);
    let view = meadow.simulation.views().into_iter().find(|view| view.entity == heap).expect("all see it");
    assert_eq!((view.kind, &*view.name, view.position), (EntityKind::Heap, "Goblin", lies));

    let refusal = take(&mut meadow, BRAN, heap).expect_err("it is Ada's");
    assert!(matches!(refusal, OrderRefusal::NotYours { seconds: 1..=10 }), "{refusal}");
    meadow.ticks(10 * TICK_HZ);
    assert_eq!(take(&mut meadow, BRAN, heap), Ok(()), "half of its time is over");
    assert_eq!(take(&mut meadow, ADA, heap), Err(OrderRefusal::UnknownTarget), "it is gone");
    meadow.ticks(1);
    assert!(!sees(&meadow, heap));
    assert_eq!(meadow.simulation.audit(), []);
}

#[test]
fn a_heap_that_lies_too_far_away_is_refused_with_figures() {
    let mut meadow = meadow();
    let (_, at) = meadow.player_as(ADA, "srd:fighter");
    let heap = entity(9);
    let far = LeftHeap {
        heap,
        name: "Goblin".into(),
        at: GroundPoint::new(at.x + 4 * METRE, at.z).at_height(640),
        belongs_to: None,
        lasts_ticks: 5 * TICK_HZ,
    };
    meadow.tick([Command::Lay(far.clone()), Command::Lay(far)]);
    meadow.ticks(1);
    assert!(sees(&meadow, heap));
    let refusal = take(&mut meadow, ADA, heap).expect_err("she can't reach it");
    assert_eq!(refusal.to_string(), "out of reach: 13 ft, reach 5 ft");
    let events = meadow.ticks(5 * TICK_HZ + TICK_HZ);
    assert_eq!(
        events.iter().filter(|event| **event == Event::Vanished { heap }).count(),
        1,
        "its time is over"
    );
    meadow.ticks(1);
    assert!(!sees(&meadow, heap));
}

#[test]
fn a_party_shares_experience_and_heaps_with_those_who_are_near() {
    let mut meadow = meadow();
    let (_, at) = meadow.player_as(ADA, "srd:fighter");
    meadow.player_as(BRAN, "srd:cleric");
    meadow.player_as(CLEO, "srd:cleric");
    let dora = 503;
    meadow.player_from(dora, "srd:cleric", GroundPoint::new(at.x + 120 * METRE, at.z));
    meadow.tick([party(ADA), party(BRAN), party(dora)]);
    let (heap, _, events) = slay(&mut meadow, at);
    assert_eq!(
        earned(&events),
        [(entity(ADA), 25), (entity(BRAN), 25)],
        "Cleo is of no party, and Dora is too far away to have a part in it"
    );
    assert!(matches!(take(&mut meadow, CLEO, heap), Err(OrderRefusal::NotYours { .. })));
    assert_eq!(take(&mut meadow, BRAN, heap), Ok(()), "what is Ada's is the party's");
}
