//! Trades that are being talked about: who offers what to whom, and who has agreed to what.
//!
//! Each change of an offer makes another trade of it, with the next revision, to which nobody has agreed. So nobody agrees to what
//! they have not seen. What both have agreed to is carried out elsewhere; until its outcome is known nothing about it changes.

use std::collections::BTreeMap;

use grid::{EntityId, EventId};
use protocol::TradeRefusal;
use uuid::Uuid;

use crate::belongings::Lot;

/// What one of both gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) who: EntityId,
    pub(super) lot: Lot,
    pub(super) agreed: bool,
}

/// A trade between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trade {
    pub(super) id: EventId,
    pub(super) sides: [Side; 2],
    /// Grows with each change of an offer.
    pub(super) revision: u32,
}

impl Trade {
    /// Both have agreed.
    pub(super) fn is_agreed(&self) -> bool {
        self.sides.iter().all(|side| side.agreed)
    }

    /// The own side, and the other's.
    pub(super) fn seen_by(&self, who: EntityId) -> (&Side, &Side) {
        let [one, other] = &self.sides;
        if one.who == who { (one, other) } else { (other, one) }
    }

    fn side_mut(&mut self, who: EntityId) -> &mut Side {
        let [one, other] = &mut self.sides;
        if one.who == who { one } else { other }
    }
}

/// All trades of a region.
#[derive(Clone, Debug, Default)]
pub(super) struct Trades {
    open: Vec<Trade>,
    /// Whom each player has asked last.
    asked: BTreeMap<EntityId, EntityId>,
}

impl Trades {
    /// Somebody wants to trade with another; it begins when both want to. Whether it has.
    pub(super) fn ask(&mut self, who: EntityId, with: EntityId) -> Result<bool, TradeRefusal> {
        if who == with || self.of(who).is_some() || self.of(with).is_some() {
            return Err(TradeRefusal::Busy);
        }
        if self.asked.get(&with) != Some(&who) {
            self.asked.insert(who, with);
            return Ok(false);
        }
        self.asked.remove(&with);
        self.asked.remove(&who);
        let side = |who| Side { who, lot: Lot::default(), agreed: false };
        let id = EventId::from_uuid(Uuid::now_v7());
        self.open.push(Trade { id, sides: [side(with), side(who)], revision: 1 });
        Ok(true)
    }

    /// The trade of a player.
    pub(super) fn of(&self, who: EntityId) -> Option<&Trade> {
        self.open.iter().find(|trade| trade.sides.iter().any(|side| side.who == who))
    }

    /// Somebody offers something else than before.
    pub(super) fn offer(&mut self, who: EntityId, lot: Lot) -> Result<&Trade, TradeRefusal> {
        let trade = self.changeable(who)?;
        trade.side_mut(who).lot = lot;
        trade.revision = trade.revision.wrapping_add(1);
        trade.sides.iter_mut().for_each(|side| side.agreed = false);
        Ok(trade)
    }

    /// Somebody agrees to the trade as it stands in a revision.
    pub(super) fn confirm(&mut self, who: EntityId, revision: u32) -> Result<&Trade, TradeRefusal> {
        let trade = self.changeable(who)?;
        if trade.revision != revision {
            return Err(TradeRefusal::Changed);
        }
        trade.side_mut(who).agreed = true;
        Ok(trade)
    }

    /// Somebody wants no trade, or is gone. The trade that ends by it, unless it is being carried out already.
    pub(super) fn call_off(&mut self, who: EntityId) -> Option<Trade> {
        self.asked.retain(|asker, asked| *asker != who && *asked != who);
        let place = self
            .open
            .iter()
            .position(|trade| !trade.is_agreed() && trade.sides.iter().any(|side| side.who == who))?;
        Some(self.open.swap_remove(place))
    }

    /// A trade was carried out, or could not be.
    pub(super) fn close(&mut self, id: EventId) -> Option<Trade> {
        let place = self.open.iter().position(|trade| trade.id == id)?;
        Some(self.open.swap_remove(place))
    }

    fn changeable(&mut self, who: EntityId) -> Result<&mut Trade, TradeRefusal> {
        let is_theirs = |trade: &&mut Trade| trade.sides.iter().any(|side| side.who == who);
        let trade = self.open.iter_mut().find(is_theirs).ok_or(TradeRefusal::NoTrade)?;
        if trade.is_agreed() { Err(TradeRefusal::Closing) } else { Ok(trade) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WREN: EntityId = EntityId::from_uuid(Uuid::from_u128(1));
    const FINCH: EntityId = EntityId::from_uuid(Uuid::from_u128(2));
    const BREGA: EntityId = EntityId::from_uuid(Uuid::from_u128(3));

    fn coins(money_cp: u32) -> Lot {
        Lot { money_cp, goods: Vec::new() }
    }

    fn begun() -> Trades {
        let mut trades = Trades::default();
        assert_eq!(trades.ask(WREN, FINCH), Ok(false));
        assert_eq!(trades.ask(FINCH, WREN), Ok(true));
        trades
    }

    #[test]
    fn a_trade_begins_when_both_want_it_and_one_has_one_at_a_time() {
        let mut trades = begun();
        assert_eq!(trades.ask(BREGA, WREN), Err(TradeRefusal::Busy));
        assert_eq!(trades.ask(BREGA, BREGA), Err(TradeRefusal::Busy));
    }

    #[test]
    fn another_offer_is_another_trade_to_which_nobody_has_agreed() {
        let mut trades = begun();
        let seen = trades.offer(WREN, coins(5)).expect("they trade").revision;
        trades.confirm(FINCH, seen).expect("that is what she saw");
        let worse = trades.offer(WREN, coins(1)).expect("they trade").clone();
        assert!(!worse.seen_by(FINCH).0.agreed);
        assert_eq!(trades.confirm(FINCH, seen), Err(TradeRefusal::Changed), "she saw five coins");
        trades.confirm(WREN, worse.revision).expect("the own offer");
        assert!(trades.confirm(FINCH, worse.revision).expect("what she sees").is_agreed());
    }

    #[test]
    fn what_both_agreed_to_can_not_be_called_off_before_its_outcome_is_known() {
        let mut trades = begun();
        trades.confirm(WREN, 1).expect("they trade");
        let id = trades.confirm(FINCH, 1).expect("they trade").id;
        assert_eq!(trades.offer(WREN, coins(9)), Err(TradeRefusal::Closing));
        assert_eq!(trades.call_off(WREN), None);
        assert!(trades.close(id).is_some());
        assert_eq!(trades.confirm(WREN, 1), Err(TradeRefusal::NoTrade));
    }

    #[test]
    fn who_leaves_ends_the_trade_and_takes_back_what_was_asked() {
        let mut trades = begun();
        assert!(trades.call_off(FINCH).is_some());
        assert!(trades.of(WREN).is_none());
        trades.ask(WREN, BREGA).expect("both are free");
        trades.call_off(BREGA);
        assert_eq!(trades.ask(BREGA, WREN), Ok(false), "Wren has asked who was here before");
    }
}
