//! What others may see of a fighter.

use std::collections::BTreeMap;

use rules::{
    Id,
    combat::{Area, Context, Handle, Life, OpenField, Play, Scene},
};

use super::{Battle, Doing, Fray};
use crate::{AreaView, EntityId, FighterView, Rank, Standing, Vitality, field::Ground};

/// How a fighter stands.
pub(crate) fn view(battle: &Battle, who: Handle) -> Option<FighterView> {
    let (actor, creature) = (battle.actor(who)?, battle.arena.get(who)?);
    let cast = actor.task.deed.filter(|_| actor.task.casting_until > 0);
    let casting = cast.and_then(|deed| match deed.doing {
        Doing::Exactly(rules::combat::Intent::Cast(spell, _)) => Some(spell),
        _ => None,
    });
    let target = actor.task.deed.and_then(|deed| deed.target()).and_then(|target| battle.actor(target));
    Some(FighterView {
        monster: actor.monster,
        faction: actor.faction,
        hit_points: creature.hp,
        hit_points_max: hit_points_max(battle, who),
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
        aim: casting.and(cast).and_then(|deed| deed.point),
        conditions: creature.conditions().to_vec(),
    })
}

/// The most hit points that somebody has now, with all that raises and lowers them.
pub(crate) fn hit_points_max(battle: &Battle, who: Handle) -> i32 {
    let Some(creature) = battle.arena.get(who) else { return 0 };
    let cause = creature.sheet.id.unwrap_or_else(|| Id::new("itself").expect("the word is well formed"));
    // Hit points don't depend on where anybody stands.
    let field = OpenField::default();
    battle.arena.hp_max(who, &Scene::new(&battle.arena, &field, &Context::of(who, cause))).max(1)
}

/// The zones, walls and auras that there are, into `areas`, which is cleared first.
pub(crate) fn areas_into(fray: &mut Fray<'_>, areas: &mut Vec<AreaView>) {
    areas.clear();
    let nobody = EntityId::from_uuid(uuid::Uuid::nil());
    let mut dice = fray.clock.dice(nobody, rules::Purpose::Thought);
    let mut ground = Ground { field: fray.field, terrain: fray.terrain };
    let battle = &mut *fray.battle;
    let play = Play::new(&mut battle.arena, &mut ground, &mut dice, &mut battle.happenings);
    areas.extend(play.areas().map(|Area { number, cause, source, volume }| {
        let source = battle.actors.get(source).map(|actor| actor.entity);
        AreaView { number, cause, source, volume }
    }));
}

/// What a fighter counts as.
pub(crate) fn rank(battle: &Battle, entity: EntityId) -> Option<Rank> {
    let who = battle.actors.find(entity)?;
    let Some(character) = &battle.actor(who)?.character else {
        let eighths = battle.arena.get(who)?.sheet.challenge_eighths;
        return Some(Rank { class: None, level: u32::from(eighths) / 8 });
    };
    let mut levels = BTreeMap::<Id, u32>::new();
    for level in &character.levels {
        *levels.entry(level.class).or_default() += 1;
    }
    // Of equals, the one that came first.
    let most = levels.values().copied().max()?;
    let first = character.levels.iter().map(|level| level.class).find(|class| levels[class] == most);
    Some(Rank { class: first, level: levels.values().sum() })
}

/// How a player's character stands.
pub(crate) fn standing(battle: &Battle, entity: EntityId, tick: u64) -> Option<Standing> {
    let who = battle.actors.find(entity)?;
    let actor = battle.actor(who)?;
    let wear = battle.arena.wear_of(who, actor.character.as_ref()?)?;
    let calm_ticks = actor.fought_until.map(|until| tick.saturating_sub(until));
    Some(Standing { wear, fights: actor.is_engaged(), calm_ticks })
}
