//! Talk among players: who hears what, and who may not speak.

use chrono::TimeDelta;
use grid::{AccountId, UNITS_PER_METRE};
use protocol::{Audience, ClientMessage, SayRefusal, ServerMessage};
use store::sanctions::{self, Sanction};
use uuid::Uuid;

use crate::{
    client::Client,
    stage::{MIDDLE, Stage},
};

impl Client {
    async fn say(&mut self, to: Audience, name: Option<&str>, text: &str) {
        self.send(&ClientMessage::Say { to, name: name.map(str::to_owned), text: text.to_owned() }).await;
    }

    /// The next words that are heard: to whom, by whom, and what.
    async fn hears(&mut self) -> (Audience, String, String) {
        match self.control().await {
            ServerMessage::Said { to, from, text, .. } => (to, from, text),
            other => panic!("expected words, got {other:?}"),
        }
    }

    async fn is_refused(&mut self) -> (SayRefusal, String) {
        match self.control().await {
            ServerMessage::SayRefused { code, reason } => (code, reason),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_reach_those_near_the_region_and_one_alone() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let mut finch = stage.player("Finch").await;
    let far = game::GroundPoint::new(MIDDLE.x + 700 * UNITS_PER_METRE, MIDDLE.z);
    let far = stage.character_at("Brega", far).await;
    let mut brega = stage.player_as(far).await;
    wren.until_seen("Finch", |wren| wren.sees(finch.net_id).is_some()).await;
    finch.until_seen("Wren", |finch| finch.sees(wren.net_id).is_some()).await;

    wren.say(Audience::Near, None, "  hail\nand \u{202e}well\u{200b} met ").await;
    let said = (Audience::Near, "Wren".to_owned(), "hail and well met".to_owned());
    assert_eq!(finch.hears().await, said);
    assert_eq!(wren.hears().await, said, "the speaker sees that it was said");

    finch.say(Audience::Region, None, "wolves!").await;
    let said = (Audience::Region, "Finch".to_owned(), "wolves!".to_owned());
    assert_eq!(brega.hears().await, said, "the first that she hears: what was said near Wren is not for her");
    assert_eq!(wren.hears().await, said);
    assert_eq!(finch.hears().await, said);

    brega.say(Audience::Whisper, Some("wREN"), "psst").await;
    let said = (Audience::Whisper, "Brega".to_owned(), "psst".to_owned());
    assert_eq!(wren.hears().await, said);
    assert_eq!(brega.hears().await, said);
    brega.say(Audience::Whisper, Some("Nobody"), "psst").await;
    assert_eq!(brega.is_refused().await.0, SayRefusal::NobodyThere);
    wren.say(Audience::Near, None, " \u{200b} ").await;
    assert_eq!(wren.is_refused().await.0, SayRefusal::Empty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_words_is_refused_and_the_socket_stays() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    for _ in 0..20 {
        wren.say(Audience::Region, None, "buy! buy! buy!").await;
    }
    let refused = loop {
        match wren.control().await {
            ServerMessage::SayRefused { code, .. } => break code,
            ServerMessage::Said { .. } => {}
            other => panic!("expected words or a refusal, got {other:?}"),
        }
    };
    assert_eq!(refused, SayRefusal::TooOften);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_account_is_told_until_when_it_says_nothing() {
    let stage = Stage::start().await;
    let mut wren = stage.player("Wren").await;
    let mute = |account_id: AccountId| {
        let now = store::now();
        Sanction {
            id: Uuid::now_v7(),
            account_id,
            kind: "mute".to_owned(),
            reason: "it sold gold".to_owned(),
            created_at: now,
            created_by: account_id,
            ends_at: Some(now + TimeDelta::hours(1)),
            lifted_at: None,
            lifted_by: None,
            lift_reason: None,
            appeal: "none".to_owned(),
        }
    };
    sanctions::insert(&stage.store, &mute(stage.account)).await.expect("is muted");
    wren.say(Audience::Near, None, "cheap gold").await;
    let (code, reason) = wren.is_refused().await;
    assert_eq!(code, SayRefusal::Muted);
    assert!(reason.contains("until 20") && reason.contains("it sold gold"), "{reason}");
}
