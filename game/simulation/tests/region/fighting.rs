//! Monsters and people fight by the rules, in real time.

use grid::RequestId;
use rules::combat::Refusal;
use simulation::{
    Act, Command, EntityId, Event, Fact, Faction, FighterView, GroundPoint, Order, OrderRefusal, Pointing,
    Spawn, Vitality, Weapon, Wits,
};

use crate::meadow::{METRE, Meadow, step};

pub(crate) fn entity(number: u128) -> EntityId {
    EntityId::from_uuid(uuid::Uuid::from_u128(number))
}

pub(crate) fn request(number: u128) -> RequestId {
    RequestId::from_uuid(uuid::Uuid::from_u128(number))
}

/// So many metres east and south of the meadow's corner.
pub(crate) fn point(x: i64, z: i64) -> GroundPoint {
    GroundPoint::new(x * METRE, z * METRE)
}

pub(crate) fn monster(number: u128, name: &str, at: GroundPoint, faction: Faction, wits: Wits) -> Command {
    Command::Spawn(Spawn {
        request: request(number),
        entity: entity(number),
        monster: name.parse().expect("the ids of tests are well formed"),
        name: None,
        at,
        faction,
        wits,
    })
}

pub(crate) fn order(number: u128, order: Order) -> Command {
    Command::Order { request: request(1_000 + number), entity: entity(number), order }
}

pub(crate) fn attack(target: u128, approach: bool) -> Order {
    Order::Attack { target: entity(target), with: Weapon::Best, approach }
}

/// A meadow whose terrain is here, for nobody could be set onto ground that is not known.
pub(crate) fn meadow() -> Meadow {
    let mut meadow = Meadow::with_npcs(1);
    meadow.ticks(40);
    meadow
}

pub(crate) fn fighter(meadow: &Meadow, number: u128) -> Option<FighterView> {
    meadow.simulation.views().into_iter().find(|view| view.entity == entity(number))?.fighter
}

pub(crate) fn answer(events: &[Event]) -> Option<Result<(), OrderRefusal>> {
    events.iter().find_map(|event| match event {
        Event::Ordered { outcome, .. } => Some(*outcome),
        _ => None,
    })
}

#[test]
fn a_monster_is_set_down_and_stands_there_with_its_hit_points() {
    let mut meadow = meadow();
    let events = meadow.tick([monster(1, "srd:ogre", point(40, 40), Faction::MONSTERS, Wits::None)]).events;
    let spawned =
        events.iter().any(|event| matches!(event, Event::Spawned { entity: who, .. } if *who == entity(1)));
    assert!(spawned, "{events:?}");
    let ogre = fighter(&meadow, 1).expect("it can fight");
    assert_eq!((ogre.hit_points, ogre.hit_points_max, ogre.vitality), (59, 59, Vitality::Alive));
    let events = meadow.tick([monster(1, "srd:wolf", point(41, 40), Faction::MONSTERS, Wits::None)]).events;
    assert!(
        matches!(events[..], [Event::SpawnRefused { refusal: OrderRefusal::AlreadyHere, .. }]),
        "{events:?}"
    );
    let unknown =
        meadow.tick([monster(2, "srd:owlbear-king", point(41, 40), Faction::MONSTERS, Wits::None)]).events;
    assert!(matches!(unknown[..], [Event::SpawnRefused { refusal: OrderRefusal::UnknownMonster(_), .. }]));
}

#[test]
fn an_attack_out_of_reach_is_refused_with_figures() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:wolf", point(10, 40), Faction::MONSTERS, Wits::None),
        // 95 feet are 29 metres.
        monster(2, "srd:ogre", point(39, 40), Faction(40), Wits::None),
    ]);
    let events = meadow.tick([order(1, attack(2, false))]).events;
    let refusal = answer(&events).expect("orders are answered in their tick").unwrap_err();
    assert_eq!(refusal.to_string(), "out of range: 95 ft, reach 5 ft");
    let events = meadow.tick([order(1, attack(77, false))]).events;
    assert_eq!(answer(&events), Some(Err(OrderRefusal::UnknownTarget)));
    let events = meadow.tick([order(78, attack(1, false))]).events;
    assert_eq!(answer(&events), Some(Err(OrderRefusal::UnknownEntity)));
}

#[test]
fn whoever_is_told_to_attack_walks_up_rolls_initiative_and_bites_once_a_round() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:wolf", point(30, 40), Faction::MONSTERS, Wits::None),
        monster(2, "srd:hill-giant", point(38, 40), Faction(40), Wits::None),
    ]);
    let mut events = meadow.tick([order(1, attack(2, true))]).events;
    assert_eq!(answer(&events), Some(Ok(())));
    events.extend(meadow.ticks(40 * 60));
    let rolled = |event: &&Event| matches!(event, Event::Fought { entity: who, fact: Fact::Initiative { .. } } if *who == entity(1));
    assert_eq!(events.iter().filter(rolled).count(), 1, "once for the fight");
    let bites = events
        .iter()
        .filter(|event| {
            matches!(event, Event::Fought { entity: who, fact: Fact::Attacked { target, .. } }
                if *who == entity(1) && *target == entity(2))
        })
        .count();
    assert!((3..=7).contains(&bites), "about one in six seconds, here {bites} in forty");
}

#[test]
fn a_pack_that_comes_from_one_side_surrounds_its_prey_and_everybody_bites() {
    let mut meadow = meadow();
    let prey = monster(1, "srd:stone-golem", point(40, 32), Faction(7), Wits::None);
    let wolves =
        (2..=7).map(|number| monster(number, "srd:wolf", point(26, 32), Faction::MONSTERS, Wits::None));
    meadow.tick(std::iter::once(prey).chain(wolves));
    meadow.tick((2..=7).map(|number| order(number, attack(1, true))));
    let events = meadow.ticks(5 * 360);
    for wolf in 2..=7 {
        let bites = |event: &Event| matches!(event, Event::Fought { entity: who, fact: Fact::Attacked { .. } } if *who == entity(wolf));
        assert!(events.iter().any(bites), "wolf {wolf} finds no place");
    }
}

#[test]
fn nobody_stabilises_whom_it_can_not_lay_hands_on() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:priest", point(20, 40), Faction::PLAYERS, Wits::None),
        monster(2, "srd:guard", point(24, 40), Faction::PLAYERS, Wits::None),
    ]);
    meadow.ticks(400);
    let stabilise = Order::Do { act: Act::Stabilise, target: Some(entity(2)) };
    let Some(Err(OrderRefusal::Rules(Refusal::OutOfRange { distance, reach: 5 }))) =
        answer(&meadow.tick([order(1, stabilise)]).events)
    else {
        panic!("it is taken");
    };
    assert!((10..=15).contains(&distance), "{distance} feet");
}

#[test]
fn whoever_strikes_late_in_its_round_still_strikes_with_all_it_has() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:brown-bear", point(26, 32), Faction::MONSTERS, Wits::None),
        monster(2, "srd:stone-golem", point(28, 32), Faction(7), Wits::None),
        monster(3, "srd:stone-golem", point(58, 32), Faction(7), Wits::None),
    ]);
    let strikes = |meadow: &mut Meadow, first, target, ticks: u64| {
        let mut struck_at = Vec::new();
        meadow.tick([order(first, attack(target, true))]);
        for _ in 0..ticks {
            let outcome = meadow.tick([]);
            let is_strike = |event: &&Event| matches!(event, Event::Fought { fact: Fact::Attacked { target: at, .. }, .. } if *at == entity(target));
            struck_at.extend(outcome.events.iter().filter(is_strike).map(|_| outcome.tick));
        }
        struck_at
    };
    assert!(strikes(&mut meadow, 1, 2, 600).len() >= 2);
    let late = strikes(&mut meadow, 1, 3, 1_200);
    // It is on the way when its turn comes: bite and claws share what is left of the round, and the next begins with a bite.
    assert!(late[2] - late[0] < 180, "{late:?}");
}

#[test]
fn foes_find_each_other_and_one_is_left() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:ogre", point(30, 40), Faction::MONSTERS, Wits::Own),
        monster(2, "srd:goblin", point(36, 40), Faction(40), Wits::Own),
    ]);
    let mut died = None;
    for _ in 0..120 {
        died = meadow.ticks(60).into_iter().find_map(|event| match event {
            Event::Died { entity, .. } => Some(entity),
            _ => None,
        });
        if died.is_some() {
            break;
        }
    }
    let fled = fighter(&meadow, 2).is_some_and(|goblin| goblin.hit_points < 7);
    assert!(died == Some(entity(2)) || fled, "the goblin is dead or runs: {died:?}");
    if died.is_some() {
        assert_eq!(fighter(&meadow, 2).map(|goblin| goblin.vitality), Some(Vitality::Dead));
        let events = meadow.ticks(40 * 60);
        let gone = events
            .iter()
            .any(|event| matches!(event, Event::Despawned { entity: who, .. } if *who == entity(2)));
        assert!(gone, "the dead don't lie about for ever");
    }
}

#[test]
fn whoever_walks_somewhere_arrives_and_water_is_no_goal() {
    let mut meadow = Meadow::with_npcs(1).with_lake_from(50);
    meadow.ticks(40);
    meadow.tick([monster(1, "srd:wolf", point(20, 40), Faction::MONSTERS, Wits::None)]);
    let events = meadow.tick([order(1, Order::MoveTo { to: point(60, 40) })]).events;
    assert!(matches!(answer(&events), Some(Err(OrderRefusal::Ground(_)))), "{events:?}");
    meadow.tick([order(1, Order::MoveTo { to: point(30, 44) })]);
    meadow.ticks(15 * 60);
    let at = meadow
        .simulation
        .views()
        .into_iter()
        .find(|view| view.entity == entity(1))
        .expect("it is here")
        .position;
    assert_eq!(GroundPoint::from(at), point(30, 44));
}

#[test]
fn actions_that_everybody_has_are_done_and_the_dead_are_asked_in_vain() {
    let mut meadow = meadow();
    meadow.tick([monster(1, "srd:wolf", point(20, 40), Faction::MONSTERS, Wits::None)]);
    meadow.ticks(400);
    let dodge = Order::Do { act: Act::Dodge, target: None };
    let events = meadow.tick([order(1, dodge)]).events;
    assert_eq!(answer(&events), Some(Ok(())));
    assert!(fighter(&meadow, 1).expect("it is here").conditions.iter().any(|id| id.name() == "dodging"));
    let events = meadow.tick([order(1, Order::Release)]).events;
    assert_eq!(answer(&events), Some(Err(OrderRefusal::Alive)));
    let despawn = Command::Despawn { request: request(5), entity: entity(1) };
    let events = meadow.tick([despawn]).events;
    assert!(
        events.contains(&Event::Despawned { request: Some(request(5)), entity: entity(1) }),
        "{events:?}"
    );
    meadow.tick([]);
    assert!(fighter(&meadow, 1).is_none());
}

#[test]
fn whoever_creeps_away_by_inches_is_struck_in_passing_all_the_same() {
    let mut meadow = meadow();
    let (who, at) = meadow.player_as(500, "srd:fighter");
    meadow.tick([monster(
        1,
        "srd:commoner",
        GroundPoint::new(at.x + METRE, at.z),
        Faction::MONSTERS,
        Wits::None,
    )]);
    meadow.tick([order(1, attack(500, true))]);
    meadow.ticks(500);
    meadow.tick([order(1, Order::Halt)]);
    let mut events = Vec::new();
    // A client sends twenty moves a second; none of them is a step by itself.
    for number in 1..=120 {
        let to = GroundPoint::new(at.x - number * 18, at.z);
        events.extend(meadow.tick([step(who, number as u32, to)]).events);
        events.extend(meadow.ticks(2));
    }
    let blow = Event::Fought { entity: entity(1), fact: Fact::Reacted };
    assert!(events.contains(&blow), "{events:?}");
}

#[test]
fn a_battle_goes_the_same_way_twice() {
    let fight = || {
        let mut meadow = meadow();
        let ranks = (0..12_u128).flat_map(|number| {
            let z = 20 + number as i64 * 2;
            [
                monster(100 + number, "srd:goblin", point(30, z), Faction::MONSTERS, Wits::Own),
                monster(200 + number, "srd:kobold", point(40, z), Faction(40), Wits::Own),
            ]
        });
        meadow.tick(ranks);
        let mut hashes = Vec::new();
        for _ in 0..20 {
            meadow.ticks(60);
            hashes.push(meadow.simulation.state_hash());
        }
        hashes
    };
    let (one, other) = (fight(), fight());
    assert_eq!(
        one.iter().zip(&other).position(|(one, other)| one != other),
        None,
        "the first second that differs"
    );
}

#[test]
fn what_is_left_of_a_multiattack_goes_to_another_foe() {
    let mut meadow = meadow();
    let around = [(30, 30), (30, 32), (32, 30), (32, 32)];
    let kobolds = around
        .into_iter()
        .zip(2..)
        .map(|((x, z), number)| monster(number, "srd:kobold", point(x, z), Faction::MONSTERS, Wits::None));
    let knight = monster(1, "srd:knight", point(31, 31), Faction(40), Wits::Own);
    meadow.tick(kobolds.chain([knight]));
    // Of each of its actions, whom it struck at.
    let mut actions: Vec<Vec<EntityId>> = Vec::new();
    for event in meadow.ticks(10 * 360) {
        let Event::Fought { entity: who, fact } = event else { continue };
        match fact {
            Fact::Acted { .. } if who == entity(1) => actions.push(Vec::new()),
            Fact::Attacked { target, .. } if who == entity(1) => {
                actions.last_mut().expect("it acts before it strikes").push(target);
            }
            _ => {}
        }
    }
    let turned = actions.iter().any(|struck| struck.windows(2).any(|pair| pair[0] != pair[1]));
    assert!(turned, "each fell by the last blow of an action: {actions:?}");
}

/// Somebody who lies at 0 hit points out of danger, whoever struck them down having been taken away.
fn stable() -> (Meadow, EntityId) {
    for start in 0..40_u128 {
        let mut meadow = meadow();
        let (who, at) = meadow.player_as(start + 500, "srd:wizard");
        let beside = GroundPoint::new(at.x + 3 * METRE, at.z);
        meadow.tick([monster(7, "srd:ogre", beside, Faction::MONSTERS, Wits::Nearest)]);
        for _ in 0..40 * 60 {
            meadow.tick([]);
            let view = meadow.simulation.views().into_iter().find(|view| view.entity == who);
            match view.and_then(|view| view.fighter).map(|fighter| fighter.vitality) {
                Some(Vitality::Stable) => {
                    meadow.tick([Command::Despawn { request: request(7), entity: entity(7) }]);
                    return (meadow, who);
                }
                Some(Vitality::Dead) => break,
                _ => {}
            }
        }
    }
    panic!("out of forty, somebody makes three death saves");
}

#[test]
fn whoever_lies_out_of_danger_comes_to_after_some_hours() {
    let (mut meadow, who) = stable();
    // An hour lasts a minute here.
    let hour_ticks = 3_600;
    let mut comes_to = None;
    for tick in 1..=hour_ticks * 4 + 400 {
        for event in meadow.tick([]).events {
            if let Event::Fought { entity, fact: Fact::Healed { amount, left, .. } } = event
                && entity == who
            {
                comes_to.get_or_insert((tick, amount, left));
            }
        }
    }
    let (tick, amount, left) = comes_to.expect("nobody lies there for ever");
    assert_eq!((amount, left), (1, 1));
    assert!(tick + 400 >= hour_ticks, "after {tick} ticks");
    let view = meadow.simulation.views().into_iter().find(|view| view.entity == who).expect("is here");
    let fighter = view.fighter.expect("can fight");
    assert_eq!((fighter.vitality, fighter.hit_points), (Vitality::Alive, 1));
    assert!(
        view.units_per_second > 0 && !fighter.conditions.iter().any(|id| id.as_str() == "srd:unconscious")
    );
}

#[test]
fn a_spell_for_the_living_is_not_wasted_on_the_dead() {
    let mut meadow = meadow();
    meadow.tick([
        monster(1, "srd:mage", point(20, 40), Faction(40), Wits::None),
        monster(2, "srd:commoner", point(24, 40), Faction(41), Wits::None),
        monster(3, "srd:ogre", point(26, 40), Faction::MONSTERS, Wits::None),
    ]);
    let bolt = || Order::Cast {
        spell: "srd:fire-bolt".parse().expect("the ids of tests are well formed"),
        slot: 0,
        aim: Pointing { targets: vec![entity(2)], ..Pointing::default() },
    };
    meadow.tick([order(3, attack(2, true))]);
    while fighter(&meadow, 2).is_some_and(|fighter| fighter.vitality != Vitality::Dead) {
        meadow.tick([]);
    }
    let events = meadow.tick([order(1, bolt())]).events;
    let refusal = answer(&events).expect("orders are answered in their tick").unwrap_err();
    assert_eq!(refusal.to_string(), "the target is dead, and this is for the living");
}

#[test]
fn what_happens_is_told_in_the_order_of_cause_and_effect() {
    let mut meadow = meadow();
    // The one who strikes has the greater id, so that an order by ids would tell of the wound before the blow.
    meadow.tick([
        monster(9, "srd:ogre", point(20, 40), Faction::MONSTERS, Wits::None),
        monster(1, "srd:commoner", point(22, 40), Faction(41), Wits::None),
    ]);
    meadow.tick([order(9, attack(1, true))]);
    for _ in 0..60 * 60 {
        let events = meadow.tick([]).events;
        let place = |is: &dyn Fn(&Event) -> bool| events.iter().position(is);
        let died = place(&|event| matches!(event, Event::Died { entity: who, .. } if *who == entity(1)));
        let Some(died) = died else { continue };
        let struck = place(&|event| matches!(event, Event::Fought { fact: Fact::Attacked { .. }, .. }));
        let hurt = place(&|event| matches!(event, Event::Fought { fact: Fact::Damaged { .. }, .. }));
        assert!(struck < hurt && hurt < Some(died), "{events:?}");
        return;
    }
    panic!("an ogre kills a commoner within a minute");
}
