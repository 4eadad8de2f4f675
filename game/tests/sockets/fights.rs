//! Fighting, and what it leaves to the character who did.

use std::sync::atomic::Ordering;

use game::{Faction, Feat, FeatDeed, FighterView, GroundPoint, Order, Spawn, Weapon, Wits};
use grid::{CharacterId, EntityId, RequestId, UNITS_PER_METRE};
use protocol::{
    Act, AttackOutcome, AttackWith, ClientMessage, CloseCode, OrderRefusal, ServerMessage, frame::flag,
};
use uuid::Uuid;

use crate::{
    client::{Client, Heard},
    shelf,
    stage::{PATIENCE, Stage},
};

impl Stage {
    /// A monster that stands a few metres beside a player, and does what it is told.
    pub(crate) async fn monster_beside(&self, monster: &str, player: &Client) -> EntityId {
        self.monster_near(monster, player, &[3, -3, 4, -4, 6, -6, 9]).await
    }

    /// A monster that stands so far east of a player as the first of these distances, in metres, where there is ground.
    async fn monster_near(&self, monster: &str, player: &Client, distances: &[i64]) -> EntityId {
        for metres in distances {
            let entity = EntityId::from_uuid(Uuid::now_v7());
            let spawn = Spawn {
                request: request(),
                entity,
                monster: monster.parse().expect("the content has it"),
                name: None,
                at: GroundPoint::new(player.at.x + metres * UNITS_PER_METRE, player.at.z),
                faction: Faction::MONSTERS,
                wits: Wits::None,
            };
            if self.region.desk().spawn(spawn).await.is_ok() {
                return entity;
            }
        }
        panic!("nowhere near the player is ground to stand on");
    }

    /// Orders somebody to attack.
    pub(crate) async fn attack(&self, who: EntityId, target: EntityId) {
        let order = Order::Attack { target, with: Weapon::Best, approach: true };
        self.region.desk().order(request(), who, order).await.expect("the order is taken");
    }

    fn fighter(&self, who: EntityId) -> Option<FighterView> {
        self.region.entities().iter().find(|view| view.entity == who)?.fighter.clone()
    }
}

pub(crate) fn request() -> RequestId {
    RequestId::from_uuid(Uuid::now_v7())
}

pub(crate) fn entity(character: CharacterId) -> EntityId {
    EntityId::from_uuid(character.uuid())
}

impl Client {
    /// The number under which an entity is in view.
    fn seen_as(&self, entity: EntityId) -> Option<u32> {
        self.view.entities().find(|(_, seen)| seen.uuid == entity.uuid()).map(|(_, seen)| seen.net_id)
    }

    /// Reads until the server says that experience was earned.
    pub(crate) async fn until_earned(&mut self) -> (u32, u32) {
        let reading = async {
            loop {
                match self.hear().await {
                    Heard::Control(ServerMessage::Earned { experience, total, .. }) => {
                        return (experience, total);
                    }
                    Heard::Control(_) | Heard::Frame | Heard::Nothing => {}
                    other => panic!("waiting for experience, got {other:?}"),
                }
            }
        };
        tokio::time::timeout(4 * PATIENCE, reading).await.expect("the fight is won")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_kills_a_monster_earns_its_experience_once_even_if_the_records_stutter() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(5));
    let mut wren = stage.player_as(character).await;
    stage.until("her own hit points", |stage| stage.fighter(entity(character)).is_some()).await;
    let own = stage.fighter(entity(character)).expect("she can fight");
    let hit_points = shelf::fighter(5).hit_points(rules::content::srd()).maximum as i32;
    assert_eq!((own.hit_points, own.hit_points_max), (hit_points, hit_points), "those of her sheet");

    stage.shelf.stutters.store(true, Ordering::Relaxed);
    let goblin = stage.monster_beside("srd:goblin", &wren).await;
    stage.attack(entity(character), goblin).await;
    assert_eq!(wren.until_earned().await, (50, 50), "a goblin is worth fifty points");
    assert_eq!(stage.shelf.get(character).experience, 50, "what she is told of is kept already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fight_is_chronicled_with_class_and_level_of_who_struck() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(5));
    let mut wren = stage.player_as(character).await;
    let goblin = stage.monster_beside("srd:goblin", &wren).await;
    stage.attack(entity(character), goblin).await;
    wren.until_earned().await;
    stage.until("the kill is written down", |stage| !kills(stage).is_empty()).await;
    let [kill] = kills(&stage).try_into().expect("one goblin dies once");
    assert_eq!((kill.target, kill.deed), (goblin, FeatDeed::Killed { by: Some(entity(character)) }));
    let rank = kill.rank.expect("she is there");
    assert_eq!((rank.class.map(|class| class.to_string()).as_deref(), rank.level), (Some("srd:fighter"), 5));
    let blows = stage.shelf.feats().into_iter().filter_map(|feat| match feat.deed {
        FeatDeed::Struck { by, blow } if by == entity(character) => Some(blow),
        _ => None,
    });
    let (hits, misses): (Vec<_>, Vec<_>) = blows.partition(|blow| blow.hit);
    let damage: u32 = hits.iter().map(|blow| blow.damage).sum();
    assert!((7..=40).contains(&damage), "the seven hit points of a goblin, and what was too much: {hits:?}");
    assert!(hits.iter().all(|blow| blow.kind.is_some()) && misses.iter().all(|blow| blow.damage == 0));
}

fn kills(stage: &Stage) -> Vec<Feat> {
    let feats = stage.shelf.feats().into_iter();
    feats.filter(|feat| matches!(feat.deed, FeatDeed::Killed { .. })).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn wounds_are_there_again_after_leaving_and_after_the_region_was_stopped() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(9));
    let wren = stage.player_as(character).await;
    let ogre = stage.monster_beside("srd:ogre", &wren).await;
    stage.attack(ogre, entity(character)).await;
    let is_hurt = |stage: &Stage| {
        stage.fighter(entity(character)).is_some_and(|own| own.hit_points < own.hit_points_max)
    };
    stage.until_within(4 * PATIENCE, "a wound", is_hurt).await;
    stage.region.desk().despawn(request(), ogre).await.expect("the ogre goes");
    let hurt = stage.fighter(entity(character)).expect("she is here").hit_points;

    // She comes back at once: whatever keeps her may still be at it.
    let back = leave_and_return(&stage, wren, character).await;
    assert_eq!(stage.fighter(entity(character)).expect("she is back").hit_points, hurt);
    drop(back);

    let stage = stage.restart_region().await;
    let kept = stage.shelf.get(character);
    assert_eq!(kept.hit_points(rules::content::srd()).current as i32, hurt, "kept when the region stops");
    let _again = stage.player_as(character).await;
    stage.until("Wren", |stage| stage.fighter(entity(character)).is_some()).await;
    assert_eq!(stage.fighter(entity(character)).expect("she is here").hit_points, hurt);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goodbye_saves_nobody_from_a_fight() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(9));
    let mut wren = stage.player_as(character).await;
    let ogre = stage.monster_beside("srd:ogre", &wren).await;
    stage.attack(ogre, entity(character)).await;
    let fights = |stage: &Stage| stage.fighter(entity(character)).is_some_and(|own| own.fights);
    stage.until_within(4 * PATIENCE, "a fight", fights).await;
    let left_at = stage.region.status().tick;
    wren.send(&ClientMessage::Goodbye {}).await;
    assert_eq!(wren.until_closed().await, CloseCode::Farewell);
    stage.until("her body to go", |stage| stage.fighter(entity(character)).is_none()).await;
    let stayed_ticks = stage.region.status().tick - left_at;
    assert!(stayed_ticks >= 100, "she was out of the fight after {stayed_ticks} ticks");
}

async fn leave_and_return(stage: &Stage, mut player: Client, character: CharacterId) -> Client {
    player.send(&ClientMessage::Goodbye {}).await;
    let back = stage.player_as(character).await;
    stage.until("her again", |stage| stage.fighter(entity(character)).is_some()).await;
    back
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_sheet_is_fought_with_and_wounds_stay_unless_they_were_meant() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let mut hurt = shelf::fighter(1);
    hurt.wear.damage = 5;
    stage.shelf.put(character, hurt.clone());
    let _wren = stage.player_as(character).await;
    let desk = stage.region.desk();
    stage.until("Wren", |stage| stage.fighter(entity(character)).is_some()).await;
    let standing = desk.standing(entity(character)).await.expect("the region answers").expect("she is here");
    assert_eq!((&standing.wear, standing.fights), (&hurt.wear, false));

    let grown = shelf::fighter(4);
    let maximum = grown.hit_points(rules::content::srd()).maximum as i32;
    desk.resheet(entity(character), grown.clone().into(), false).await.expect("is told");
    let shows = |left: i32| {
        move |stage: &Stage| {
            stage
                .fighter(entity(character))
                .is_some_and(|own| (own.hit_points, own.hit_points_max) == (left, maximum))
        }
    };
    stage.until("the levels, and the wound still", shows(maximum - 5)).await;
    desk.resheet(entity(character), grown.into(), true).await.expect("is told");
    stage.until("a rested fighter", shows(maximum)).await;
    let stranger = EntityId::from_uuid(Uuid::now_v7());
    assert_eq!(desk.standing(stranger).await.expect("the region answers"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fell_and_left_comes_back_fallen_and_may_be_released() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let mut fallen = shelf::fighter(1);
    fallen.wear.damage = fallen.hit_points(rules::content::srd()).maximum;
    stage.shelf.put(character, fallen);
    let _wren = stage.player_as(character).await;
    stage.until("Wren", |stage| stage.fighter(entity(character)).is_some()).await;
    assert_eq!(stage.fighter(entity(character)).expect("is here").vitality, game::Vitality::Dead);
    stage.region.desk().order(request(), entity(character), Order::Release).await.expect("is released");
    let lives = |stage: &Stage| {
        stage.fighter(entity(character)).is_some_and(|own| own.vitality == game::Vitality::Alive)
    };
    stage.until("life", lives).await;
    let healed = |stage: &Stage| stage.shelf.get(character).wear.damage == 0;
    stage.until("that to be kept", healed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_character_that_is_gone_does_not_enter() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    let mut wren = stage.welcomed(character).await;
    stage.shelf.remove(character);
    wren.send(&ClientMessage::Join {}).await;
    assert_eq!(wren.until_closed().await, CloseCode::JoinRefused);
    assert!(stage.fighter(entity(character)).is_none());
}

fn attack(target: EntityId, approach: bool) -> impl FnOnce(u32) -> ClientMessage {
    let target_id = target.uuid();
    move |order| ClientMessage::Attack { order, target_id, with: AttackWith::Best, held: 0, approach }
}

fn cast(spell: &str, slot: u8, target: EntityId) -> impl FnOnce(u32) -> ClientMessage {
    let (spell, target_ids) = (spell.to_owned(), vec![target.uuid()]);
    move |order| ClientMessage::Cast {
        order,
        spell,
        slot,
        target_ids,
        x: None,
        y: None,
        z: None,
        choice: 0,
        monster: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fight_is_ordered_by_the_socket_and_told_to_all_who_see_it() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::fighter(5));
    let mut wren = stage.player_as(character).await;
    let mut finch = stage.player("Finch").await;
    let goblin = stage.monster_beside("srd:goblin", &wren).await;
    let goblin_is_seen = |client: &Client| client.seen_as(goblin).is_some();
    wren.until_seen("the goblin", goblin_is_seen).await;
    finch.until_seen("the goblin", goblin_is_seen).await;
    let net_id = wren.seen_as(goblin).expect("it is seen");
    let (_, seen) = wren.sees(net_id).expect("it is seen");
    assert_eq!((seen.faction, seen.health, seen.conditions), (3, 255, 0), "a monster, unhurt");
    let (_, own) = wren.sees(wren.net_id).expect("she sees herself");
    assert_eq!((own.faction, own.health), (1, 255));

    wren.order(attack(goblin, true)).await.expect("the order is taken");
    assert_eq!(wren.until_earned().await, (50, 50));
    wren.until_seen("the dead goblin", |wren| {
        wren.sees(net_id).is_none_or(|(_, seen)| seen.flags & flag::DEAD != 0 && seen.health == 0)
    })
    .await;
    finch
        .until_seen("the dead goblin", |finch| {
            finch
                .news
                .iter()
                .any(|news| matches!(news, ServerMessage::Died { target, .. } if *target == net_id))
        })
        .await;
    for client in [&wren, &finch] {
        let by_wren = |news: &&ServerMessage| {
            matches!(news, ServerMessage::Attacked { attacker, target, .. }
                if *attacker == wren.net_id && *target == net_id)
        };
        let is_hit = |news: &ServerMessage| matches!(news, ServerMessage::Attacked { outcome, .. } if *outcome != AttackOutcome::Miss);
        assert!(client.news.iter().filter(by_wren).any(is_hit), "{:?}", client.news);
        let lost: u32 = client
            .news
            .iter()
            .filter_map(|news| match news {
                ServerMessage::Damaged { target, lost, .. } if *target == net_id => Some(*lost),
                _ => None,
            })
            .sum();
        assert!(lost >= 7, "a goblin has seven hit points: {:?}", client.news);
    }
    let (left, most, speed) = wren.standing.expect("she knows how she stands");
    assert!(
        left <= most && most as i32 == shelf::fighter(5).hit_points(rules::content::srd()).maximum as i32
    );
    assert!(speed > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_the_rules_forbid_is_refused_with_code_and_figures() {
    let stage = Stage::start().await;
    let character = stage.character("Wren").await;
    stage.shelf.put(character, shelf::of_class("srd:wizard", 1));
    let mut wren = stage.player_as(character).await;
    let goblin = stage.monster_near("srd:goblin", &wren, &[9, -9, 12, -12, 15, -15]).await;
    let (target_id, with) = (goblin.uuid(), AttackWith::Unarmed);
    let strike = |order| ClientMessage::Attack { order, target_id, with, held: 0, approach: false };
    let (code, reason) = wren.order(strike).await.expect_err("it is too far to strike");
    assert_eq!(code, OrderRefusal::OutOfRange);
    assert!(reason.starts_with("out of range: ") && reason.contains("ft, reach "), "{reason}");
    let stranger = EntityId::from_uuid(Uuid::now_v7());
    let (code, _) = wren.order(attack(stranger, true)).await.expect_err("nobody is there");
    assert_eq!(code, OrderRefusal::UnknownTarget);
    let (code, reason) = wren.order(cast("srd:firebowl", 1, goblin)).await.expect_err("no such spell");
    assert_eq!((code, reason.contains("srd:firebowl")), (OrderRefusal::Unknown, true));
    let (code, _) = wren.order(cast("srd:fireball", 9, goblin)).await.expect_err("far beyond her");
    assert!(matches!(code, OrderRefusal::Unknown | OrderRefusal::NoSlot), "{code:?}");
    let (code, _) = wren.order(|order| ClientMessage::Release { order }).await.expect_err("she lives");
    assert_eq!(code, OrderRefusal::Alive);
    let dodge = |order| ClientMessage::Do { order, act: Act::Dodge, target_id: None };
    wren.order(dodge).await.expect("everybody can dodge");
    wren.order(|order| ClientMessage::Halt { order }).await.expect("everybody can stop");
}
