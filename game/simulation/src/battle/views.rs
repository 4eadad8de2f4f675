//! What others may see of a fighter.

use rules::combat::{Handle, Life};

use super::{Battle, Doing};
use crate::{FighterView, Vitality};

/// How a fighter stands.
pub(crate) fn view(battle: &Battle, who: Handle) -> Option<FighterView> {
    let (actor, creature) = (battle.actor(who)?, battle.arena.get(who)?);
    let casting =
        actor.task.deed.filter(|_| actor.task.casting_until > 0).and_then(|deed| match deed.doing {
            Doing::Exactly(rules::combat::Intent::Cast(spell, _)) => Some(spell),
            _ => None,
        });
    let target = actor.task.deed.and_then(|deed| deed.target()).and_then(|target| battle.actor(target));
    Some(FighterView {
        monster: actor.monster,
        faction: actor.faction,
        hit_points: creature.hp,
        hit_points_max: (creature.sheet.hp_max - creature.hp_drained).max(creature.hp),
        temporary: creature.temp_hp,
        vitality: match creature.life {
            Life::Alive => Vitality::Alive,
            Life::Dying(_) => Vitality::Dying,
            Life::Stable => Vitality::Stable,
            Life::Dead => Vitality::Dead,
        },
        fights: actor.is_engaged(),
        target: target.map(|target| target.entity),
        casting,
        conditions: creature.conditions().to_vec(),
    })
}
