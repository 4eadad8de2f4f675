//! Players with each other: parties and trade, over real sockets.

use std::sync::atomic::Ordering;

use game::{Character, GroundPoint};
use grid::{CharacterId, UNITS_PER_METRE};
use protocol::{Audience, ClientMessage, Goods, PartyRefusal, ServerMessage, TradeEnding, TradeRefusal};
use uuid::Uuid;

use crate::{
    client::{Client, Heard},
    fights::entity,
    shelf,
    stage::{MIDDLE, PATIENCE, Stage},
};

impl Client {
    /// The next message about parties and trade that `wanted` takes; what else comes is passed over.
    async fn told<T>(&mut self, what: &str, wanted: impl Fn(ServerMessage) -> Option<T>) -> T {
        let reading = async {
            loop {
                match self.hear().await {
                    Heard::Control(message) => {
                        if let Some(found) = wanted(message) {
                            return found;
                        }
                    }
                    Heard::Frame | Heard::Nothing => {}
                    other => panic!("waiting for {what}, got {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("never told: {what}"))
    }

    /// Reads until the own party has members of these names.
    async fn until_party(&mut self, names: &[&str]) -> Option<Uuid> {
        self.told(&format!("a party of {names:?}"), |message| match message {
            ServerMessage::PartyChanged { party_id, members, .. } => {
                let found: Vec<_> = members.iter().map(|member| &*member.name).collect();
                (found == names).then_some(party_id)
            }
            _ => None,
        })
        .await
    }

    async fn until_invited(&mut self) -> Uuid {
        self.told("an invitation", |message| match message {
            ServerMessage::PartyInvited { party_id, .. } => Some(party_id),
            _ => None,
        })
        .await
    }

    async fn invite(&mut self, name: &str) {
        self.send(&ClientMessage::PartyInvite { name: name.to_owned() }).await;
    }

    /// The revision of the trade once both offers are of so many coins.
    async fn until_offers(&mut self, own: u32, their: u32) -> u32 {
        self.told(&format!("offers of {own} and {their}"), |message| match message {
            ServerMessage::TradeChanged { revision, own_money_cp, their_money_cp, .. } => {
                ((own_money_cp, their_money_cp) == (own, their)).then_some(revision)
            }
            _ => None,
        })
        .await
    }

    /// The revision of the trade once the other offers things.
    async fn until_goods(&mut self) -> u32 {
        self.told("goods", |message| match message {
            ServerMessage::TradeChanged { revision, their_goods, .. } => {
                (!their_goods.is_empty()).then_some(revision)
            }
            _ => None,
        })
        .await
    }

    async fn until_trade_ended(&mut self) -> TradeEnding {
        self.told("the trade's end", |message| match message {
            ServerMessage::TradeEnded { ending, .. } => Some(ending),
            _ => None,
        })
        .await
    }

    async fn refused_trade(&mut self) -> (TradeRefusal, String) {
        self.told("a refusal", |message| match message {
            ServerMessage::TradeRefused { code, reason } => Some((code, reason)),
            _ => None,
        })
        .await
    }
}

/// Wren and Finch, who stand beside each other in a party that Wren leads.
async fn pair(stage: &Stage) -> ([CharacterId; 2], Client, Client) {
    let ids = [stage.character("Wren").await, stage.character("Finch").await];
    for id in ids {
        stage.shelf.put(id, shelf::fighter(5));
    }
    let (mut wren, mut finch) = (stage.player_as(ids[0]).await, stage.player_as(ids[1]).await);
    wren.invite("fINCH").await;
    let party_id = finch.until_invited().await;
    finch.send(&ClientMessage::PartyAnswer { party_id, joins: true }).await;
    assert_eq!(wren.until_party(&["Wren", "Finch"]).await, Some(party_id));
    assert_eq!(finch.until_party(&["Wren", "Finch"]).await, Some(party_id));
    (ids, wren, finch)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_talks_shares_experience_and_outlives_a_dropped_socket() {
    let stage = Stage::start().await;
    let (ids, mut wren, mut finch) = pair(&stage).await;
    let mut brega = stage.player("Brega").await;
    finch.invite("Brega").await;
    let code = finch.told("a refusal", |message| match message {
        ServerMessage::PartyRefused { code, .. } => Some(code),
        _ => None,
    });
    assert_eq!(code.await, PartyRefusal::NotLeader);

    wren.send(&ClientMessage::Say { to: Audience::Party, name: None, text: "follow me".to_owned() }).await;
    let heard = |message| match message {
        ServerMessage::Said { to: Audience::Party, text, .. } => Some(text),
        _ => None,
    };
    assert_eq!(finch.told("words", heard).await, "follow me");
    assert_eq!(wren.told("words", heard).await, "follow me");

    let token = finch.resume_token.clone();
    finch.pull_plug();
    let mut finch = stage.connect().await;
    finch.hello_with_resume_token(&token).await;
    finch.welcome().await;
    finch.joined().await;
    finch.until_party(&["Wren", "Finch"]).await.expect("she is a member still");

    let goblin = stage.monster_beside("srd:goblin", &wren).await;
    stage.attack(entity(ids[0]), goblin).await;
    assert_eq!(wren.until_earned().await, (25, 25), "half of a goblin");
    assert_eq!(finch.until_earned().await, (25, 25), "who gave no blow, and is near");

    brega.send(&ClientMessage::Say { to: Audience::Party, name: None, text: "me?".to_owned() }).await;
    let refused = |message| match message {
        ServerMessage::SayRefused { code, .. } => Some(code),
        ServerMessage::Said { .. } | ServerMessage::Earned { .. } => panic!("she is of no party"),
        _ => None,
    };
    assert_eq!(brega.told("a refusal", refused).await, protocol::SayRefusal::NoParty);

    wren.send(&ClientMessage::PartyLead { member_id: finch.entity_id }).await;
    finch.until_party(&["Wren", "Finch"]).await.expect("it has another leader");
    finch.send(&ClientMessage::PartyKick { member_id: wren.entity_id }).await;
    assert_eq!(wren.until_party(&[]).await, None, "a party of one is none");
}

/// What both own together: coins, and torches.
fn wealth(stage: &Stage, ids: [CharacterId; 2]) -> [(u32, u32); 2] {
    let torches = |character: &Character| -> u32 {
        character.belongings.iter().filter(|lot| lot.item.as_str() == "srd:torch").map(|lot| lot.count).sum()
    };
    ids.map(|id| stage.shelf.get(id)).map(|character| (character.money_cp, torches(&character)))
}

fn rich(money_cp: u32, torches: u32) -> Character {
    let mut character = shelf::fighter(1);
    let torch = "srd:torch".parse().expect("the content has it");
    character.money_cp = money_cp;
    character.belongings.retain(|lot| lot.item != torch);
    character.gain_item(rules::content::srd(), torch, torches).expect("it can be carried");
    character
}

/// Wren with 100 coins and Finch with five torches, who trade.
async fn traders(stage: &Stage) -> ([CharacterId; 2], Client, Client) {
    let ids = [stage.character("Wren").await, stage.character("Finch").await];
    stage.shelf.put(ids[0], rich(100, 0));
    stage.shelf.put(ids[1], rich(0, 5));
    let (mut wren, mut finch) = (stage.player_as(ids[0]).await, stage.player_as(ids[1]).await);
    wren.send(&ClientMessage::TradeAsk { with_id: finch.entity_id }).await;
    finch
        .told("a question", |message| matches!(message, ServerMessage::TradeAsked { .. }).then_some(()))
        .await;
    finch.send(&ClientMessage::TradeAsk { with_id: wren.entity_id }).await;
    wren.until_offers(0, 0).await;
    finch.until_offers(0, 0).await;
    (ids, wren, finch)
}

fn offer(money_cp: u32, torches: u32) -> ClientMessage {
    let goods = vec![Goods { item: "srd:torch".to_owned(), count: torches }];
    ClientMessage::TradeOffer { money_cp, goods: if torches > 0 { goods } else { Vec::new() } }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_is_done_once_even_if_the_records_stutter() {
    let stage = Stage::start().await;
    let (ids, mut wren, mut finch) = traders(&stage).await;
    wren.send(&offer(30, 0)).await;
    let seen = finch.until_offers(0, 30).await;
    finch.send(&offer(0, 2)).await;
    let revision = wren.until_goods().await;
    wren.send(&ClientMessage::TradeConfirm { revision: seen }).await;
    assert_eq!(wren.refused_trade().await.0, TradeRefusal::Changed, "there were no torches then");

    stage.shelf.stutters.store(true, Ordering::Relaxed);
    for player in [&mut wren, &mut finch] {
        player.send(&ClientMessage::TradeConfirm { revision }).await;
    }
    assert_eq!(wren.until_trade_ended().await, TradeEnding::Done);
    assert_eq!(finch.until_trade_ended().await, TradeEnding::Done);
    assert_eq!(wealth(&stage, ids), [(70, 2), (30, 3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_ends_when_one_is_gone_and_nothing_changes_hands() {
    let stage = Stage::start().await;
    let (ids, mut wren, finch) = traders(&stage).await;
    wren.send(&offer(30, 0)).await;
    let revision = wren.until_offers(30, 0).await;
    wren.send(&ClientMessage::TradeConfirm { revision }).await;
    finch.pull_plug();
    assert_eq!(wren.until_trade_ended().await, TradeEnding::Left);
    wren.send(&ClientMessage::TradeConfirm { revision }).await;
    assert_eq!(wren.refused_trade().await.0, TradeRefusal::NoTrade);
    assert_eq!(wealth(&stage, ids), [(100, 0), (0, 5)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_is_not_traded_and_who_is_far_away_is_told_how_far() {
    let stage = Stage::start().await;
    let (ids, mut wren, mut finch) = traders(&stage).await;
    finch.send(&offer(0, 6)).await;
    let revision = wren.until_goods().await;
    for player in [&mut wren, &mut finch] {
        player.send(&ClientMessage::TradeConfirm { revision }).await;
    }
    assert_eq!(wren.until_trade_ended().await, TradeEnding::Impossible, "she has five");
    assert_eq!(wealth(&stage, ids), [(100, 0), (0, 5)]);

    let far = GroundPoint::new(MIDDLE.x + 100 * UNITS_PER_METRE, MIDDLE.z);
    let far = stage.character_at("Brega", far).await;
    let brega = stage.player_as(far).await;
    wren.send(&ClientMessage::TradeAsk { with_id: brega.entity_id }).await;
    let (code, reason) = wren.refused_trade().await;
    assert_eq!(code, TradeRefusal::TooFar);
    assert!(reason.ends_with(" ft, at most 30 ft"), "{reason}");
}
