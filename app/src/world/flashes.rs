//! What has just happened, written over those whom it happened to, and gone in a second. Words and figures, so that no one has to
//! tell colours apart; they fade and don't move.

use std::collections::HashMap;

use api::combat::{FlashKind, FlashView};
use grid::EntityId;

/// How long a flash is seen, in milliseconds.
const LASTS_MS: f64 = 1_100.0;
/// Most words over one entity at once.
const WORDS_MAX: usize = 3;

/// The flashes that are still seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flashes(Vec<(FlashView, f64)>);

/// What is shown of one flash.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    /// From 1, fresh, to 0, gone.
    pub(crate) strength: f64,
}

impl Flashes {
    /// Adds what arrived at `now_ms`, and forgets what is over.
    pub(crate) fn take(&mut self, fresh: &[FlashView], now_ms: f64) {
        self.0.retain(|(_, since_ms)| now_ms - since_ms < LASTS_MS);
        self.0.extend(fresh.iter().map(|flash| (flash.clone(), now_ms)));
    }

    /// The words over each entity, the newest last.
    pub(crate) fn words(&self, now_ms: f64) -> HashMap<EntityId, Vec<Shown>> {
        let mut words = HashMap::<EntityId, Vec<Shown>>::new();
        for (flash, strength) in self.seen(now_ms) {
            if let Some((over, text)) = said(flash) {
                let list = words.entry(over).or_default();
                list.push(Shown { text, strength });
                if list.len() > WORDS_MAX {
                    list.remove(0);
                }
            }
        }
        words
    }

    /// Blows that are being struck: by whom, at whom, how fresh, and whether they hit.
    pub(crate) fn blows(&self, now_ms: f64) -> impl Iterator<Item = (EntityId, EntityId, f64, bool)> {
        self.seen(now_ms).filter_map(|(flash, strength)| {
            let hits = match flash.kind {
                FlashKind::Hit | FlashKind::Critical => true,
                FlashKind::Missed => false,
                _ => return None,
            };
            Some((flash.entity_id, flash.other_id?, strength, hits))
        })
    }

    /// Who casts a spell, and how long ago.
    pub(crate) fn casts(&self, now_ms: f64) -> impl Iterator<Item = (EntityId, f64)> {
        self.seen(now_ms)
            .filter(|(flash, _)| flash.kind == FlashKind::Cast)
            .map(|(flash, strength)| (flash.entity_id, strength))
    }

    fn seen(&self, now_ms: f64) -> impl Iterator<Item = (&FlashView, f64)> {
        self.0
            .iter()
            .map(move |(flash, since_ms)| (flash, 1.0 - (now_ms - since_ms) / LASTS_MS))
            .filter(|(_, strength)| *strength > 0.0)
    }
}

fn said(flash: &FlashView) -> Option<(EntityId, String)> {
    let own = flash.entity_id;
    Some(match flash.kind {
        FlashKind::Hit => return None,
        FlashKind::Critical => (flash.other_id?, "critical".to_owned()),
        FlashKind::Missed => (flash.other_id?, "miss".to_owned()),
        FlashKind::Harmed => (own, format!("−{}", flash.points)),
        FlashKind::Healed => (own, format!("+{}", flash.points)),
        FlashKind::Cast => (own, "casts".to_owned()),
        FlashKind::Countered => (own, "countered".to_owned()),
        FlashKind::Fell => (own, "falls".to_owned()),
        FlashKind::Died => (own, "dies".to_owned()),
        FlashKind::Revived => (own, "lives again".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flash(kind: FlashKind, points: i32) -> FlashView {
        let id = |number| EntityId::from_uuid(uuid::Uuid::from_u128(number));
        FlashView { kind, entity_id: id(1), other_id: Some(id(2)), points }
    }

    #[test]
    fn a_blow_is_told_over_whom_it_struck_and_fades() {
        let mut flashes = Flashes::default();
        flashes.take(&[flash(FlashKind::Missed, 0), flash(FlashKind::Harmed, 7)], 0.0);
        let words = flashes.words(100.0);
        let over = |number| &words[&EntityId::from_uuid(uuid::Uuid::from_u128(number))];
        assert_eq!((over(2)[0].text.as_str(), over(1)[0].text.as_str()), ("miss", "−7"));
        assert!(flashes.words(600.0)[&flash(FlashKind::Hit, 0).entity_id][0].strength < over(1)[0].strength);
        assert!(flashes.words(LASTS_MS + 1.0).is_empty());
    }

    #[test]
    fn of_many_words_over_one_the_newest_are_read() {
        let mut flashes = Flashes::default();
        let many: Vec<_> = (1..=5).map(|points| flash(FlashKind::Harmed, points)).collect();
        flashes.take(&many, 0.0);
        let words = flashes.words(1.0);
        let texts: Vec<_> = words.values().flatten().map(|shown| shown.text.clone()).collect();
        assert_eq!(texts, ["−3", "−4", "−5"]);
    }
}
