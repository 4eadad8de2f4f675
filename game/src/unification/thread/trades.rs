//! Trade: what two players offer each other, and what comes of it.

use grid::EntityId;
use protocol::{ServerMessage, TradeEnding, TradeRefusal, limits::RECORDS_MAX};
use simulation::content_id;

use super::{Region, loot::goods_of};
use crate::{
    belongings::{Deal, Exchanged, Lot},
    unification::{
        character,
        keeper::Errand,
        trades::{Side, Trade},
    },
};

/// How near two must be to trade, in feet.
const TRADE_FEET: u32 = 30;

impl Region {
    /// Somebody wants to trade with another.
    pub(super) fn ask_to_trade(&mut self, who: EntityId, with: EntityId) {
        if self.seats.socket_of(with).is_none() {
            self.refuse_trade(who, TradeRefusal::NobodyThere, "no such player is here".to_owned());
            return;
        }
        if !self.is_near_enough(who, with) {
            return;
        }
        match self.trades.ask(who, with) {
            Ok(true) => self.show_trade(who),
            Ok(false) => {
                let from = self.names.get(&who).cloned().unwrap_or_default();
                self.say_to(with, &ServerMessage::TradeAsked { from_id: who.uuid(), from });
            }
            Err(refusal) => self.refuse_trade(who, refusal, reason_of(refusal).to_owned()),
        }
    }

    /// Somebody offers something.
    pub(super) fn offer(&mut self, who: EntityId, lot: Lot) {
        let is_known =
            |lot: &Lot| lot.goods.iter().all(|some| some.count > 0 && content_id(&some.item).is_some());
        let mut kinds: Vec<&str> = lot.goods.iter().map(|some| &*some.item).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let outcome = if kinds.len() < lot.goods.len() || lot.goods.len() > RECORDS_MAX || !is_known(&lot) {
            Err(TradeRefusal::Unknown)
        } else {
            self.trades.offer(who, lot).map(|_| ())
        };
        match outcome {
            Ok(()) => self.show_trade(who),
            Err(refusal) => self.refuse_trade(who, refusal, reason_of(refusal).to_owned()),
        }
    }

    /// Somebody agrees to what was shown; when both have, it is carried out.
    pub(super) fn agree(&mut self, who: EntityId, revision: u32) {
        let other = self.trades.of(who).map(|trade| trade.seen_by(who).1.who);
        if other.is_some_and(|other| !self.is_near_enough(who, other)) {
            return;
        }
        match self.trades.confirm(who, revision) {
            Ok(trade) => {
                if trade.is_agreed() {
                    let [one, other] = &trade.sides;
                    let side = |side: &Side| (character(side.who), side.lot.clone());
                    let deal = Deal { id: trade.id, region: self.id, sides: [side(one), side(other)] };
                    self.errands.push_back(Errand::Exchange(deal));
                }
                self.show_trade(who);
            }
            Err(refusal) => self.refuse_trade(who, refusal, reason_of(refusal).to_owned()),
        }
    }

    /// Somebody calls the trade off.
    pub(super) fn call_off(&mut self, who: EntityId) {
        if let Some(trade) = self.trades.call_off(who) {
            self.end_trade(&trade.sides, TradeEnding::CalledOff, "the trade was called off");
        }
    }

    /// Somebody is gone, or has lost the socket: a trade that is not carried out yet ends.
    pub(super) fn part(&mut self, who: EntityId) {
        if let Some(trade) = self.trades.call_off(who) {
            self.end_trade(&trade.sides, TradeEnding::Left, "the other is gone");
        }
    }

    /// What both have agreed to was carried out, or could not be.
    pub(super) fn tell_exchanged(&mut self, deal: &Deal, outcome: &Exchanged) {
        let Some(trade) = self.trades.close(deal.id) else { return };
        match outcome {
            Exchanged::Done => {
                self.end_trade(&trade.sides, TradeEnding::Done, "each has what the other gave");
            }
            Exchanged::Impossible(why) => self.end_trade(&trade.sides, TradeEnding::Impossible, why),
        }
    }

    /// Shows both how their trade stands.
    pub(super) fn show_trade(&self, of: EntityId) {
        let Some(trade) = self.trades.of(of) else { return };
        for side in &trade.sides {
            self.say_to(side.who, &self.trade_seen_by(trade, side.who));
        }
    }

    fn trade_seen_by(&self, trade: &Trade, who: EntityId) -> ServerMessage {
        let (own, their) = trade.seen_by(who);
        ServerMessage::TradeChanged {
            with_id: their.who.uuid(),
            with: self.names.get(&their.who).cloned().unwrap_or_default(),
            revision: trade.revision,
            own_money_cp: own.lot.money_cp,
            own_goods: goods_of(&own.lot.goods),
            own_agreed: own.agreed,
            their_money_cp: their.lot.money_cp,
            their_goods: goods_of(&their.lot.goods),
            their_agreed: their.agreed,
        }
    }

    fn end_trade(&self, [one, other]: &[Side; 2], ending: TradeEnding, reason: &str) {
        for (who, with) in [(one.who, other.who), (other.who, one.who)] {
            let (with_id, reason) = (with.uuid(), reason.to_owned());
            self.say_to(who, &ServerMessage::TradeEnded { with_id, ending, reason });
        }
    }

    /// Whether two are near enough to hand each other something; the first is told if they are not.
    fn is_near_enough(&self, who: EntityId, with: EntityId) -> bool {
        let feet = self.simulation.feet_between(who, with);
        if let Some(feet) = feet.filter(|feet| *feet > TRADE_FEET) {
            let reason = format!("too far away to trade: {feet} ft, at most {TRADE_FEET} ft");
            self.refuse_trade(who, TradeRefusal::TooFar, reason);
            return false;
        }
        if feet.is_none() {
            self.refuse_trade(who, TradeRefusal::NobodyThere, "no such player is here".to_owned());
        }
        feet.is_some()
    }

    fn refuse_trade(&self, who: EntityId, code: TradeRefusal, reason: String) {
        self.say_to(who, &ServerMessage::TradeRefused { code, reason });
    }
}

const fn reason_of(refusal: TradeRefusal) -> &'static str {
    match refusal {
        TradeRefusal::TooOften => "that is too much at once; try again in a moment",
        TradeRefusal::NobodyThere => "no such player is here",
        TradeRefusal::TooFar => "too far away to trade",
        TradeRefusal::Busy => "one of you trades already",
        TradeRefusal::NoTrade => "you trade with nobody",
        TradeRefusal::Changed => "the offers have changed; look at them again",
        TradeRefusal::Closing => "both have agreed: the trade is being carried out",
        TradeRefusal::Unknown => "no such thing can be offered, or one kind stands there more than once",
    }
}
