//! What happened in fights, as events for whoever makes figures of them.

use game::{Feat, FeatDeed, Page};
use store::{
    Store,
    events::{self, Context, Happening},
};

use crate::Error;

/// Writes a page down. Each feat keeps its id, so one that comes again is there already.
pub(super) async fn chronicle(store: &Store, page: &Page) -> Result<(), Error> {
    let context = Context { region: Some(page.region), ..Context::default() };
    let told = page.feats.iter().map(|feat| events::envelope(feat.id, &told_as(feat), feat.at, context));
    let told = told.collect::<Result<Vec<_>, _>>()?;
    let transaction = store.begin().await?;
    events::append_envelopes(&transaction, &told).await?;
    Ok(transaction.commit().await?)
}

fn told_as(feat: &Feat) -> Happening {
    let class = feat.rank.and_then(|rank| rank.class).map(|class| class.to_string()).unwrap_or_default();
    let level = feat.rank.map_or(0, |rank| rank.level);
    match feat.deed {
        FeatDeed::Struck { by, blow } => Happening::CombatHit {
            attacker_id: by,
            target_id: feat.target,
            class,
            level,
            action: blow.action.map(|action| action.to_string()).unwrap_or_default(),
            hit: blow.hit,
            critical: blow.critical,
            damage: blow.damage,
            damage_type: blow.kind.map(|kind| kind.word().to_owned()).unwrap_or_default(),
        },
        FeatDeed::Killed { by } => Happening::CombatKilled { entity_id: feat.target, by, class, level },
    }
}
